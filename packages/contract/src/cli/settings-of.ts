import { ALL_CHECKS } from '../all-checks.ts';
import type { Settings } from '../engine/subject.ts';
import { UsageError } from '../usage-error.ts';
import type { Flags } from './options.ts';

/** What a run is told to do otherwise than by default. */
export function settingsOf(flags: Partial<Flags>): Partial<Settings> {
  const { only, skip = [], seed, generated, rate, concurrency, timeLimit, unsafeMethods } = flags;
  expectNames('--only', only ?? []);
  expectNames('--skip', skip);
  return {
    only,
    skip,
    ...(seed !== undefined && { seed }),
    ...(generated !== undefined && { generated }),
    ...(rate !== undefined && { rate }),
    ...(concurrency !== undefined && { concurrency }),
    ...(timeLimit !== undefined && { timeLimitMs: timeLimit * 1000 }),
    ...(unsafeMethods !== undefined && { unsafeMethods }),
  };
}

function expectNames(option: string, names: readonly string[]): void {
  const unknown = names.find((name) => !ALL_CHECKS.some((check) => check.name === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `${option}: there is no check "${unknown}". firstofficer-contract list tells which there are.`,
    );
  }
}
