import { afterEach, expect, test, vi } from 'vitest';
import { skipWithout } from './toolchains.ts';

afterEach(() => vi.unstubAllEnvs());

const context = {
  skip(reason: string): never {
    throw new Error(`skipped: ${reason}`);
  },
};

test('a test is skipped, with the reason, if the registry lacks its runtime', () => {
  vi.stubEnv('REQUIRE_RUNTIMES', undefined);

  expect(() => skipWithout(context, 'deno', undefined)).toThrow(/^skipped: the registry has no deno for this machine/);
  expect(skipWithout(context, 'deno', '/bin/deno')).toBe('/bin/deno');
});

test('if runtimes are required, tests fail without one', () => {
  vi.stubEnv('REQUIRE_RUNTIMES', '1');

  expect(() => skipWithout(context, 'deno', undefined)).toThrow(/^the registry has no deno for this machine/);
});
