import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { together, type Violations, violations } from './accessibility.ts';
import { DESKTOP, PHONE } from './device.ts';
import type { Host } from './host.ts';
import { openFresh } from './open.ts';
import { atRest } from './rest.ts';
import { type MenuItem, use } from './use.ts';

/** What can be seen of a page without a clock. */
export interface Inspection {
  /** Rules that it breaks as loaded, on desktop or phone, or once used. */
  readonly axe: Violations;
  /** Addresses on other hosts that it asked for. */
  readonly foreign: readonly string[];
}

/** Telemetry is sent in batches, the first after some seconds. */
const STAY = 10_000;

export async function inspect(browser: Browser, { server }: Host, item: MenuItem): Promise<Inspection> {
  await using desktop = await openFresh(browser, DESKTOP);
  await desktop.page.goto(server.url);
  await atRest(desktop.page, desktop.traffic);
  const loaded = await violations(desktop.page);
  await use(desktop.page, item);
  await atRest(desktop.page, desktop.traffic);
  const used = await violations(desktop.page);
  await setTimeout(STAY);

  await using phone = await openFresh(browser, PHONE);
  await phone.page.goto(server.url);
  await atRest(phone.page, phone.traffic);
  return { axe: together([loaded, used, await violations(phone.page)]), foreign: desktop.traffic.foreign };
}
