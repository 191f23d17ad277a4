export type * from 'playwright-core';
export { type Chromium, findChromium, hasChromium, requireBrowser } from './chromium.ts';
export { type BrowserOptions, FLAGS, isForeign, launchBrowser } from './launch.ts';
