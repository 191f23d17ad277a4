import { setTimeout } from 'node:timers/promises';
import type { Page } from '@firstofficer/browser';
import { readObservations } from './observe.ts';
import type { Traffic } from './traffic.ts';

/** A page counts as idle after this many milliseconds without activity. */
const QUIET = 1_000;
/** The maximum wait in milliseconds, because some pages never become idle. */
const LIMIT = 45_000;

/** Waits until a page has no pending requests and no long tasks. */
export async function waitForNetworkIdle(page: Page, traffic: Traffic): Promise<void> {
  const end = performance.now() + LIMIT;
  while (performance.now() < end) {
    const { longTasks, lcp } = await readObservations(page);
    const now = await page.evaluate(() => performance.now());
    const last = Math.max(lcp, ...longTasks.map(({ start, duration }) => start + duration));
    const quietFor = Math.min(traffic.idleFor(), now - last);
    if (quietFor >= QUIET) return;
    await setTimeout(Math.max(50, QUIET - quietFor));
  }
}
