import type { Operation } from '@firstofficer/openapi';
import type { Check, Probe } from './check.ts';
import { isSafe, type Settings, type Subject } from './subject.ts';

/** A probe, the check that it is for, and the operation that it is of. */
export interface Planned {
  readonly check: Check;
  readonly operation: Operation;
  readonly probe: Probe;
}

/** The checks that a run is told to make. */
export function selectedChecks(all: readonly Check[], { only, skip }: Pick<Settings, 'only' | 'skip'>): Check[] {
  return all.filter(({ name }) => (only === undefined || only.includes(name)) && !skip.includes(name));
}

/** Of the checks that a run is told to make, those that judge every response. */
export function judgesOf(all: readonly Check[], settings: Pick<Settings, 'only' | 'skip'>): Check[] {
  return selectedChecks(all, settings).filter(({ judge, probes }) => judge || !probes);
}

/** What there is to try, operation by operation: those that change something last, so that what others read stays as it is. */
export function plan(all: readonly Check[], subject: Subject): Planned[] {
  const { settings, description } = subject;
  const selected = selectedChecks(all, settings);
  // What only judges needs responses to judge, or their lack: those of every probe that is not skipped outright.
  const probing = selected.some(({ probes }) => !probes)
    ? all.filter(({ name }) => !settings.skip.includes(name))
    : selected;
  const operations = description.operations.toSorted((a, b) => Number(isSafe(b.method)) - Number(isSafe(a.method)));
  return operations.flatMap((operation) =>
    probing.flatMap((check) =>
      (check.probes?.(operation, subject) ?? []).map((probe) => ({ check, operation, probe })),
    ),
  );
}
