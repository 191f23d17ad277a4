import { hasChromium } from './chromium.ts';
import { describeMissing } from './missing.ts';

/**
 * Skips a test, with the reason, on machines for which there is no Chromium. With `REQUIRE_BROWSER=1` the test fails
 * there instead.
 *
 * @throws Error if a browser is required and there is none.
 * @example
 * test.beforeEach(needsBrowser);
 */
export function needsBrowser(context: { skip(reason: string): void }): void {
  if (hasChromium()) return;
  if (process.env.REQUIRE_BROWSER) throw new Error(describeMissing());
  context.skip(describeMissing());
}
