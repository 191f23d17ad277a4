import { loadDescription } from '@firstofficer/openapi';
import type { Browser } from 'playwright-core';
import { DESKTOP, PHONE } from './device.ts';
import type { Figures } from './figures.ts';
import { type Host, SPEC } from './host.ts';
import { type Inspection, inspect } from './inspect.ts';
import { type Category, scores } from './lighthouse.ts';
import { namesIn, namesOf } from './names.ts';
import { perRound } from './rounds.ts';
import { median, medians } from './statistics.ts';
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

  tell('What can be seen without a clock');
  const inspections = new Map<Host, Inspection & { readonly found: number }>();
  for (const host of hosts) {
    const found = namesIn(await textWithoutScript(browser, host.server.url), names).length;
    inspections.set(host, { ...(await inspect(browser, host, item)), found });
  }
  const desktop = await perRound(hosts, runs.visits, (round, host) => {
    tell(`${host.name} on desktop, ${round} of ${runs.visits}`);
    return visit(browser, host, DESKTOP, item);
  });
  // Not used there: its menu is behind a button that each makes in its own way, and what it loads is the same.
  const phone = await perRound(hosts, runs.visits, (round, host) => {
    tell(`${host.name} on phone, ${round} of ${runs.visits}`);
    return visit(browser, host, PHONE);
  });
  const judged = await perRound(hosts, runs.lighthouse, (round, host) => {
    tell(`${host.name} by Lighthouse, ${round} of ${runs.lighthouse}`);
    return scores(host.server.url);
  });

  const figuresOf = (host: Host): Figures => {
    const visits = desktop.get(host) ?? [];
    const { axe, foreign, found } = inspections.get(host) as Inspection & { readonly found: number };
    return {
      firstLoad: median(visits.map(({ firstLoad }) => firstLoad)),
      firstUse: median(visits.map(({ firstUse }) => firstUse)),
      desktop: medians<keyof Vitals>(visits.map(({ vitals }) => vitals)),
      phone: medians<keyof Vitals>((phone.get(host) ?? []).map(({ vitals }) => vitals)),
      foreign,
      axe,
      names: { found, of: names.length },
      lighthouse: medians<Category>(judged.get(host) ?? []),
    };
  };
  return new Map(hosts.map((host) => [host.name, figuresOf(host)]));
}

function menuItemOf(operation: { readonly summary?: string; readonly tags?: readonly string[] }): MenuItem {
  return { label: operation.summary ?? '', group: operation.tags?.[0] ?? '' };
}
