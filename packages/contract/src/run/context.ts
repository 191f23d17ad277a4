import { randomInt } from 'node:crypto';
import type { CheckContext, CheckOptions } from '../checks/check.ts';
import { isLoopback } from '../request/target.ts';

/** The options of a run that have defaults. */
export interface ResolvedOptions extends CheckOptions {
  /** The names of the checks to run. Undefined means all checks. */
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[];
  readonly timeLimitMs: number;
  readonly concurrency: number;
  /** The maximum number of requests per second. Undefined means no limit. */
  readonly rate: number | undefined;
}

/** Everything that a run knows before its first test case. */
export interface RunContext extends CheckContext {
  readonly options: ResolvedOptions;
}

/** Returns the default options: no rate limit on this machine, careful limits elsewhere. */
export function defaultOptions(url: string): ResolvedOptions {
  const isLocal = isLoopback(url);
  return {
    only: undefined,
    skip: [],
    seed: randomInt(2 ** 31),
    generated: 50,
    timeLimitMs: 10_000,
    concurrency: isLocal ? 8 : 4,
    rate: isLocal ? undefined : 20,
    unsafeMethods: false,
  };
}
