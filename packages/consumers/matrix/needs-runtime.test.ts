import { afterEach, expect, type TestContext, test, vi } from 'vitest';
import { skipWithout } from './needs-runtime.ts';

afterEach(() => vi.unstubAllEnvs());

const REASON = /^the registry has no deno for this machine/;

function reasonsToSkip(path: string | undefined): unknown[] {
  const skip = vi.fn();
  skipWithout({ skip } as unknown as TestContext, 'deno', path);
  return skip.mock.calls.flat();
}

test('a test is skipped, with the reason, where the registry lacks its runtime', () => {
  vi.stubEnv('REQUIRE_RUNTIMES', undefined);

  expect(reasonsToSkip(undefined)).toEqual([expect.stringMatching(REASON)]);
  expect(reasonsToSkip('/bin/deno')).toEqual([]);
});

test('where runtimes are required, the absence of one is a failure', () => {
  vi.stubEnv('REQUIRE_RUNTIMES', '1');

  expect(() => reasonsToSkip(undefined)).toThrow(REASON);
});
