import { afterEach, expect, type TestContext, test, vi } from 'vitest';
import { needsProgram } from './needs-program.ts';

afterEach(() => vi.unstubAllEnvs());

const REASON = /^no-such-program is not installed: install it, .*apt-get install no-such-program/;

function skipping(): { context: TestContext; reasons: string[] } {
  const reasons: string[] = [];
  const skip = (reason: string) => void reasons.push(reason);
  return { context: { skip } as unknown as TestContext, reasons };
}

test('a program is found where the PATH says', async () => {
  expect(await needsProgram(skipping().context, 'node')).toMatch(/\/node$/);
});

test('on a machine without the program the test is skipped, and says what to install', async () => {
  vi.stubEnv('CI', '');
  const { context, reasons } = skipping();
  await needsProgram(context, 'no-such-program');

  expect(reasons).toEqual([expect.stringMatching(REASON)]);
});

test('in CI it fails', async () => {
  vi.stubEnv('CI', 'true');
  const { context, reasons } = skipping();

  await expect(needsProgram(context, 'no-such-program')).rejects.toThrow(REASON);
  expect(reasons).toEqual([]);
});
