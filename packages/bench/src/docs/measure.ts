import type { Browser } from '@firstofficer/browser';
import { loadDescription } from '@firstofficer/openapi';
import { measureInRounds } from '../rounds.ts';
import { medians, spread } from '../statistics.ts';
import { DESKTOP, PHONE } from './device.ts';
import type { Figures } from './figures.ts';
import { type Host, SPEC } from './host.ts';
import { type Inspection, inspect } from './inspect.ts';
import { type Category, scores } from './lighthouse.ts';
import { namesIn, namesOf } from './names.ts';
import type { MenuItem } from './use.ts';
import { visit } from './visit.ts';
import type { Vitals } from './vitals.ts';
import { textWithoutScript } from './without-script.ts';

/** How often a page is visited on each device, and how often Lighthouse judges it. */
export interface Runs {
  readonly visits: number;
  readonly lighthouse: number;
}

/** Measures all pages in one session, and tells of each part that begins. */
export async function measure(
  browser: Browser,
  hosts: readonly Host[],
  runs: Runs,
  tell: (part: string) => void,
): Promise<Map<string, Figures>> {
  const description = await loadDescription(SPEC);
  const names = namesOf(description);
  const item = menuItemOf(description.operations[0]?.definition ?? {});

  const byName = Object.fromEntries(hosts.map((host) => [host.name, host]));
  const perRound = <Figure>(rounds: number, part: string, take: (host: Host) => Promise<Figure>) =>
    measureInRounds(Object.keys(byName), rounds, (name, round) => {
      tell(`${name} ${part}, ${round} of ${rounds}`);
      return take(byName[name] as Host);
    });

  tell('What can be seen without a clock');
  const inspections = new Map<Host, Inspection & { readonly found: number }>();
  for (const host of hosts) {
    const found = namesIn(await textWithoutScript(browser, host.server.url), names).length;
    inspections.set(host, { ...(await inspect(browser, host, item)), found });
  }
  const desktop = await perRound(runs.visits, 'on desktop', (host) => visit(browser, host, DESKTOP, item));
  // Not used there: its menu is behind a button that each makes in its own way, and what it loads is the same.
  const phone = await perRound(runs.visits, 'on phone', (host) => visit(browser, host, PHONE));
  const judged = await perRound(runs.lighthouse, 'by Lighthouse', ({ server }) => scores(server.url));

  const figuresOf = (host: Host): Figures => {
    const visits = desktop[host.name] ?? [];
    const { axe, foreign, found } = inspections.get(host) as Inspection & { readonly found: number };
    return {
      firstLoad: spread(visits.map(({ firstLoad }) => firstLoad)).median,
      firstUse: spread(visits.map(({ firstUse }) => firstUse)).median,
      desktop: medians<keyof Vitals>(visits.map(({ vitals }) => vitals)),
      phone: medians<keyof Vitals>((phone[host.name] ?? []).map(({ vitals }) => vitals)),
      foreign,
      axe,
      names: { found, of: names.length },
      lighthouse: medians<Category>(judged[host.name] ?? []),
    };
  };
  return new Map(hosts.map((host) => [host.name, figuresOf(host)]));
}

function menuItemOf(operation: { readonly summary?: string; readonly tags?: readonly string[] }): MenuItem {
  return { label: operation.summary ?? '', group: operation.tags?.[0] ?? '' };
}
