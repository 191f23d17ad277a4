export type * from 'playwright-core';
export { type Chromium, findChromium, hasChromium, needsBrowser } from './chromium.ts';
export { FLAGS } from './flags.ts';
export { isForeign } from './is-foreign.ts';
export { type BrowserOptions, launchBrowser } from './launch.ts';
