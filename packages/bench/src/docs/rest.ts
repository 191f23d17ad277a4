import { setTimeout } from 'node:timers/promises';
import type { Page } from '@firstofficer/browser';
import { observations } from './observe.ts';
import type { Traffic } from './traffic.ts';

/** A page at which nothing has happened for so long has loaded. */
const QUIET = 1_000;
/** Some never rest. */
const LIMIT = 45_000;

/** Waits until the page requests nothing and computes nothing that takes long. */
export async function atRest(page: Page, traffic: Traffic): Promise<void> {
  const end = performance.now() + LIMIT;
  while (performance.now() < end) {
    const { longTasks, lcp } = await observations(page);
    const now = await page.evaluate(() => performance.now());
    const last = Math.max(lcp, ...longTasks.map(({ start, duration }) => start + duration));
    const quietFor = Math.min(traffic.idleFor(), now - last);
    if (quietFor >= QUIET) return;
    await setTimeout(Math.max(50, QUIET - quietFor));
  }
}
