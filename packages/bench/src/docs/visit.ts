import type { Browser } from '@firstofficer/browser';
import type { Device } from './device.ts';
import type { Host } from './host.ts';
import { waitForNetworkIdle } from './network-idle.ts';
import { readObservations } from './observe.ts';
import { openFreshPage } from './open.ts';
import { chooseOperation, type MenuItem, openSearch } from './use.ts';
import { computeVitals, type Vitals } from './vitals.ts';

/** The measurements of one visit to a page. */
export interface Visit {
  readonly vitals: Vitals;
  /** Bytes received until the network was idle after loading. */
  readonly firstLoad: number;
  /** Bytes received until the network was idle after the first use, or after loading if the page was not used. */
  readonly firstUse: number;
}

interface VisitOptions {
  readonly device: Device;
  readonly item?: MenuItem;
}

/** Loads a page on a device. If a menu item is given, it also chooses the item and opens the search. */
export async function visit(browser: Browser, { server }: Host, { device, item }: VisitOptions): Promise<Visit> {
  await using fresh = await openFreshPage(browser, device);
  const { page, session, traffic, received } = fresh;
  await device.throttle(session);
  await page.goto(server.url);
  await waitForNetworkIdle(page, traffic);
  const measured = computeVitals(await readObservations(page));
  const firstLoad = received();
  if (item !== undefined) {
    await chooseOperation(fresh, item);
    await openSearch(fresh);
  }
  return { vitals: measured, firstLoad, firstUse: received() };
}
