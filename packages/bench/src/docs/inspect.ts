import { setTimeout } from 'node:timers/promises';
import type { Browser } from '@firstofficer/browser';
import { together, type Violations, violations } from './accessibility.ts';
import { DESKTOP, PHONE } from './device.ts';
import type { Host } from './host.ts';
import { type Fresh, openFresh } from './open.ts';
import { atRest } from './rest.ts';
import { choose, type MenuItem, openSearch } from './use.ts';

/** What can be seen of a page without a clock. */
export interface Inspection {
  /** Rules that it breaks on desktop as loaded, with the operation chosen and with search open, or on a phone as loaded. */
  readonly axe: Violations;
  /** Addresses on other hosts that it asked for. */
  readonly foreign: readonly string[];
}

/** Telemetry is sent in batches, the first after some seconds. */
const STAY = 10_000;

export async function inspect(browser: Browser, { server }: Host, item: MenuItem): Promise<Inspection> {
  const states: Violations[] = [];
  const look = async ({ page, traffic }: Fresh) => {
    await atRest(page, traffic);
    states.push(await violations(page));
  };
  await using desktop = await openFresh(browser, DESKTOP);
  await desktop.page.goto(server.url);
  await look(desktop);
  await choose(desktop, item);
  await look(desktop);
  // A state of its own: what is behind a dialogue is not looked at.
  await openSearch(desktop);
  await look(desktop);
  await setTimeout(STAY);

  await using phone = await openFresh(browser, PHONE);
  await phone.page.goto(server.url);
  await look(phone);
  return { axe: together(states), foreign: desktop.traffic.foreign };
}
