import { afterEach, expect, type TestContext, test, vi } from 'vitest';
import { skipWithout } from './toolchains.ts';

afterEach(() => vi.unstubAllEnvs());

const REASON = /^the registry has no deno for this machine/;

function reasonsToSkip(path: string | undefined): unknown[] {
  const skip = vi.fn();
  // The mock has one signature, and the method of vitest is overloaded.
  skipWithout({ skip } as unknown as TestContext, 'deno', path);
  return skip.mock.calls.flat();
}

test('a test is skipped, with the reason, if the registry lacks its runtime', () => {
  vi.stubEnv('REQUIRE_RUNTIMES', undefined);

  expect(reasonsToSkip(undefined)).toEqual([expect.stringMatching(REASON)]);
  expect(reasonsToSkip('/bin/deno')).toEqual([]);
});

test('if runtimes are required, tests fail without one', () => {
  vi.stubEnv('REQUIRE_RUNTIMES', '1');

  expect(() => reasonsToSkip(undefined)).toThrow(REASON);
});
