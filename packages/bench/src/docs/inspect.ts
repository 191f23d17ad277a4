import { setTimeout } from 'node:timers/promises';
import type { Browser } from '@firstofficer/browser';
import { findViolations, mergeViolations, type Violations } from './accessibility.ts';
import { DESKTOP, PHONE } from './device.ts';
import type { Host } from './host.ts';
import { waitForNetworkIdle } from './network-idle.ts';
import { type FreshPage, openFreshPage } from './open.ts';
import { chooseOperation, type MenuItem, openSearch } from './use.ts';

/** The properties of a page that do not depend on time. */
export interface Inspection {
  /**
   * The violated axe rules in four states: on desktop after loading, after choosing the operation and with search open;
   * on a phone after loading.
   */
  readonly axe: Violations;
  /** The URLs on other hosts that the page requested. */
  readonly foreign: readonly string[];
}

/** Milliseconds to stay on the page, because telemetry is sent in batches after some seconds. */
const STAY = 10_000;

/** Visits a page on desktop and phone, and returns its violations and its requests to other hosts. */
export async function inspect(browser: Browser, { server }: Host, item: MenuItem): Promise<Inspection> {
  const states: Violations[] = [];
  const checkState = async ({ page, traffic }: FreshPage) => {
    await waitForNetworkIdle(page, traffic);
    states.push(await findViolations(page));
  };
  await using desktop = await openFreshPage(browser, DESKTOP);
  await desktop.page.goto(server.url);
  await checkState(desktop);
  await chooseOperation(desktop, item);
  await checkState(desktop);
  // Checked separately, because axe ignores what is behind a dialog.
  await openSearch(desktop);
  await checkState(desktop);
  await setTimeout(STAY);

  await using phone = await openFreshPage(browser, PHONE);
  await phone.page.goto(server.url);
  await checkState(phone);
  return { axe: mergeViolations(states), foreign: desktop.traffic.foreign };
}
