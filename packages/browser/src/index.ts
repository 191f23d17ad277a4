export type * from 'playwright-core';
export { type Chromium, findChromium, hasChromium, needsBrowser } from './chromium.ts';
export { type BrowserOptions, FLAGS, isForeign, launchBrowser } from './launch.ts';
