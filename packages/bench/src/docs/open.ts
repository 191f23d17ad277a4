import type { Browser, CDPSession, Page } from '@firstofficer/browser';
import type { Device } from './device.ts';
import { recordObservations } from './observe.ts';
import { type Traffic, trackTraffic } from './traffic.ts';
import { countTransfer } from './transfer.ts';

/** A browser page with an empty cache that has loaded nothing yet. Its traffic is recorded. */
export interface FreshPage extends AsyncDisposable {
  readonly page: Page;
  readonly session: CDPSession;
  readonly traffic: Traffic;
  /** Returns the number of bytes that the page has received. */
  received(): number;
}

/** In milliseconds, long enough for the slowest page on the slowest device. */
const TIMEOUT = 60_000;

/** Opens a page with an empty cache. */
export async function openFreshPage(browser: Browser, { context: options }: Device): Promise<FreshPage> {
  const context = await browser.newContext(options);
  context.setDefaultNavigationTimeout(TIMEOUT);
  await recordObservations(context);
  const traffic = trackTraffic(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const received = await countTransfer(session);
  return { page, session, traffic, received, [Symbol.asyncDispose]: () => context.close() };
}
