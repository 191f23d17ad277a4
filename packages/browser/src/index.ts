export { type Chromium, findChromium } from './chromium.ts';
export { FLAGS } from './flags.ts';
export { type BrowserOptions, launchBrowser } from './launch.ts';
