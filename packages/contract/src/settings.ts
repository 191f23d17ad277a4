import { randomInt } from 'node:crypto';
import { isLoopback, type Settings } from './engine/subject.ts';

/** What a run does unless it is told otherwise: on this machine as fast as it can, elsewhere with care. */
export function defaultSettings(url: string): Settings {
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
