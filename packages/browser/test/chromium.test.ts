import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isForeign, launchBrowser, requireBrowser } from '../src/index.ts';

const MISSING = /no Chromium for this machine \(sunos x64\)\. Install /;
const MACHINE = { platform: process.platform, arch: process.arch };

beforeEach(() => {
  pretendToBe({ platform: 'sunos', arch: 'x64' });
  vi.stubEnv('PATH', '');
});

afterEach(() => {
  pretendToBe(MACHINE);
  vi.unstubAllEnvs();
});

function pretendToBe(machine: typeof MACHINE): void {
  for (const [name, value] of Object.entries(machine)) Object.defineProperty(process, name, { value });
}

function listSkipReasons(): string[] {
  const reasons: string[] = [];
  requireBrowser({ skip: (reason) => void reasons.push(reason) });
  return reasons;
}

test('on a machine without a Chromium, the error describes what to install', async () => {
  await expect(launchBrowser()).rejects.toThrow(MISSING);
});

test('on a machine without a Chromium, tests that need one are skipped with the reason', () => {
  vi.stubEnv('REQUIRE_BROWSER', undefined);

  expect(listSkipReasons()).toEqual([expect.stringMatching(MISSING)]);
});

test('if a browser is required and there is no Chromium, tests fail', () => {
  vi.stubEnv('REQUIRE_BROWSER', '1');

  expect(listSkipReasons).toThrow(MISSING);
});

test('if the registry has a Chromium, tests are not skipped', () => {
  pretendToBe({ platform: 'linux', arch: 'x64' });

  expect(listSkipReasons()).toEqual([]);
});

test('isForeign is true for URLs of other hosts, and false for URLs without a host', () => {
  expect(isForeign('https://fonts.example.com/a.woff2')).toBe(true);
  expect(isForeign('wss://example.com/')).toBe(true);
  expect(isForeign('http://127.0.0.1:8080/a.js')).toBe(false);
  expect(isForeign('data:text/plain,hello')).toBe(false);
  expect(isForeign('blob:http://127.0.0.1/1')).toBe(false);
});
