import { afterEach, expect, test, vi } from 'vitest';
import { findProgram, requireProgram } from '../src/require-program.ts';

afterEach(() => vi.unstubAllEnvs());

const REASON = 'no-such-program is not installed. On Debian, run: apt-get install no-such-program';

class Skipped extends Error {}

const context = {
  skip(reason: unknown): never {
    throw new Skipped(String(reason));
  },
};

test('returns the path of a program on the PATH', async () => {
  expect(await requireProgram(context, 'node')).toMatch(/\/node$/);
});

test('finds a program on the PATH, or nothing', async () => {
  expect(await findProgram('node')).toMatch(/\/node$/);
  expect(await findProgram('no-such-program')).toBeUndefined();
});

test.each(['', 'true'])(
  'skips the test if the program is missing, and the reason says what to install, with CI=%j',
  async (ci) => {
    vi.stubEnv('CI', ci);
    vi.stubEnv('REQUIRE_PROGRAMS', '');

    await expect(requireProgram(context, 'no-such-program')).rejects.toThrow(new Skipped(REASON));
  },
);

test('fails the test if the program is missing and REQUIRE_PROGRAMS is set', async () => {
  vi.stubEnv('REQUIRE_PROGRAMS', '1');

  await expect(requireProgram(context, 'no-such-program')).rejects.not.toBeInstanceOf(Skipped);
  await expect(requireProgram(context, 'no-such-program')).rejects.toThrow(REASON);
});
