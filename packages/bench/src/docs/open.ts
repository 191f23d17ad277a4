import type { Browser, CDPSession, Page } from '@firstofficer/browser';
import type { Device } from './device.ts';
import { observe } from './observe.ts';
import { follow, type Traffic } from './traffic.ts';
import { countTransfer } from './transfer.ts';

/** A page that nobody has been to, not yet loaded, with what is to be known of its loading. */
export interface Fresh extends AsyncDisposable {
  readonly page: Page;
  readonly session: CDPSession;
  readonly traffic: Traffic;
  /** Bytes that it has received. */
  received(): number;
}

/** Long enough for the slowest on the slowest device. */
const TIMEOUT = 60_000;

/** Opens a page with an empty cache. */
export async function openFresh(browser: Browser, { context: options }: Device): Promise<Fresh> {
  const context = await browser.newContext(options);
  context.setDefaultNavigationTimeout(TIMEOUT);
  await observe(context);
  const traffic = follow(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const received = await countTransfer(session);
  return { page, session, traffic, received, [Symbol.asyncDispose]: () => context.close() };
}
