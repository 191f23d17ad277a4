import type { Browser } from '@firstofficer/browser';
import { loadDescription } from '@firstofficer/openapi';
import { measureInRounds } from '../rounds.ts';
import { medians, spread } from '../statistics.ts';
import { DESKTOP, PHONE } from './device.ts';
import type { Figures } from './figures.ts';
import { type Host, SPEC } from './host.ts';
import { type Inspection, inspect } from './inspect.ts';
import { type Category, measureScores } from './lighthouse.ts';
import { findNames, listNames } from './names.ts';
import type { MenuItem } from './use.ts';
import { visit } from './visit.ts';
import type { Vitals } from './vitals.ts';
import { textWithoutScript } from './without-script.ts';

interface MeasureOptions {
  /** The number of visits to each page on each device. */
  readonly visits: number;
  /** The number of Lighthouse runs on each page. */
  readonly lighthouseRuns: number;
  /** Called at the start of each part. */
  logProgress(part: string): void;
}

/** Measures all pages in one session. */
export async function measure(
  browser: Browser,
  hosts: readonly Host[],
  { visits, lighthouseRuns, logProgress }: MeasureOptions,
): Promise<Map<string, Figures>> {
  const description = await loadDescription(SPEC);
  const names = listNames(description);
  const item = menuItemOf(description.operations[0]?.definition ?? {});

  const byName = Object.fromEntries(hosts.map((host) => [host.name, host]));
  const perRound = <Figure>(rounds: number, part: string, take: (host: Host) => Promise<Figure>) =>
    measureInRounds(Object.keys(byName), rounds, (name, round) => {
      logProgress(`${name} ${part}, ${round} of ${rounds}`);
      return take(byName[name] as Host);
    });

  logProgress('Accessibility, other hosts and names');
  const inspections = new Map<Host, Inspection & { readonly found: number }>();
  for (const host of hosts) {
    const found = findNames(await textWithoutScript(browser, host.server.url), names).length;
    inspections.set(host, { ...(await inspect(browser, host, item)), found });
  }
  const desktop = await perRound(visits, 'on desktop', (host) => visit(browser, host, { device: DESKTOP, item }));
  // The phone visits do not use the page: each menu button works differently, and the page loads the same files.
  const phone = await perRound(visits, 'on phone', (host) => visit(browser, host, { device: PHONE }));
  const scores = await perRound(lighthouseRuns, 'by Lighthouse', ({ server }) => measureScores(server.url));

  const figuresOf = (host: Host): Figures => {
    const desktopVisits = desktop[host.name] ?? [];
    const { axe, foreign, found } = inspections.get(host) as Inspection & { readonly found: number };
    return {
      firstLoad: spread(desktopVisits.map(({ firstLoad }) => firstLoad)).median,
      firstUse: spread(desktopVisits.map(({ firstUse }) => firstUse)).median,
      desktop: medians<keyof Vitals>(desktopVisits.map(({ vitals }) => vitals)),
      phone: medians<keyof Vitals>((phone[host.name] ?? []).map(({ vitals }) => vitals)),
      foreign,
      axe,
      names: { found, of: names.length },
      lighthouse: medians<Category>(scores[host.name] ?? []),
    };
  };
  return new Map(hosts.map((host) => [host.name, figuresOf(host)]));
}

function menuItemOf(operation: { readonly summary?: string; readonly tags?: readonly string[] }): MenuItem {
  return { label: operation.summary ?? '', group: operation.tags?.[0] ?? '' };
}
