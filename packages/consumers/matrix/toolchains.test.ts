import { afterEach, expect, test, vi } from 'vitest';
import { requirePath } from './toolchains.ts';

afterEach(() => vi.unstubAllEnvs());

const context = {
  skip(reason: string): never {
    throw new Error(`skipped: ${reason}`);
  },
};

test('a test is skipped, with the reason, if its runtime is missing', () => {
  vi.stubEnv('REQUIRE_RUNTIMES', undefined);

  expect(() => requirePath(context, 'deno', undefined)).toThrow(/^skipped: the registry has no deno for this machine/);
  expect(requirePath(context, 'deno', '/bin/deno')).toBe('/bin/deno');
});

test('if runtimes are required, a test fails if its runtime is missing', () => {
  vi.stubEnv('REQUIRE_RUNTIMES', '1');

  expect(() => requirePath(context, 'deno', undefined)).toThrow(/^the registry has no deno for this machine/);
});
