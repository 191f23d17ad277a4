import type { Browser } from '@firstofficer/browser';
import type { Device } from './device.ts';
import type { Host } from './host.ts';
import { observations } from './observe.ts';
import { openFresh } from './open.ts';
import { atRest } from './rest.ts';
import { choose, type MenuItem, openSearch } from './use.ts';
import { type Vitals, vitals } from './vitals.ts';

/** What one visit to a page cost. */
export interface Visit {
  readonly vitals: Vitals;
  /** Bytes until the page was at rest, and once it had been used as well. */
  readonly firstLoad: number;
  readonly firstUse: number;
}

/** Loads a page on a device, and uses it if it is told what to choose. */
export async function visit(browser: Browser, { server }: Host, device: Device, item?: MenuItem): Promise<Visit> {
  await using fresh = await openFresh(browser, device);
  const { page, session, traffic, received } = fresh;
  await device.throttle(session);
  await page.goto(server.url);
  await atRest(page, traffic);
  const seen = vitals(await observations(page));
  const firstLoad = received();
  if (item !== undefined) {
    await choose(fresh, item);
    await openSearch(fresh);
  }
  return { vitals: seen, firstLoad, firstUse: received() };
}
