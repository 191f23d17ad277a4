import { afterEach, expect, test, vi } from 'vitest';
import { needsProgram } from '../src/needs-program.ts';

afterEach(() => vi.unstubAllEnvs());

const REASON = 'no-such-program is not installed. On Debian, run: apt-get install no-such-program';

class Skipped extends Error {}

const context = {
  skip(reason: unknown): never {
    throw new Skipped(String(reason));
  },
};

test('a program is found on the PATH', async () => {
  expect(await needsProgram(context, 'node')).toMatch(/\/node$/);
});

test.each(['', 'true'])('without the program the test is skipped and says what to install, with CI=%j', async (ci) => {
  vi.stubEnv('CI', ci);
  vi.stubEnv('REQUIRE_PROGRAMS', '');

  await expect(needsProgram(context, 'no-such-program')).rejects.toThrow(new Skipped(REASON));
});

test('without a program that is required the test fails', async () => {
  vi.stubEnv('REQUIRE_PROGRAMS', '1');

  await expect(needsProgram(context, 'no-such-program')).rejects.not.toBeInstanceOf(Skipped);
  await expect(needsProgram(context, 'no-such-program')).rejects.toThrow(REASON);
});
