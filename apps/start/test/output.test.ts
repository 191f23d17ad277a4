import { afterEach, describe, expect, test, vi } from 'vitest';
import { formatAddress, formatSummary, runStep } from '../src/output.ts';

describe('runStep', () => {
  const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const written = () => output.mock.calls.map(([text]) => text).join('');

  afterEach(() => void output.mockClear());

  test('returns the result, and prints the title and the seconds', async () => {
    const startedAt = performance.now() - 2000;

    expect(await runStep({ title: 'Starting the mock', hint: '', startedAt, run: async () => 7 })).toBe(7);
    expect(written()).toMatch(/^› Starting the mock \.\.\. 2\.\d s\n$/);
  });

  test('names the step that failed, why, and what to do', async () => {
    const run = async () => Promise.reject(new Error('no such file.'));

    await expect(runStep({ title: 'Starting the mock', hint: 'Create it.', run })).rejects.toThrow(
      'Starting the mock failed: no such file.\nCreate it.',
    );
    expect(written()).toMatch(/^› Starting the mock \.\.\. failed after \d+\.\d s\n$/);
  });
});

test('the summary lists each server with a command to try', () => {
  const mock = { url: 'http://m', key: 'key' };

  expect(formatSummary({ mock, api: { url: 'http://a', key: 'fo_1' }, path: '/v2/x' })).toBe(`
  Mock      http://m
            curl http://m/v2/x -u key:
  API       http://a
            curl http://a/v2/x -u fo_1:
            Its customers are computed from example Stripe objects. No Stripe key is needed.
  Contract  npx -y pnpm@12 contract --url http://m --token key

  Press Ctrl-C to stop.
`);
});

test('an address line contains the port that was in use', () => {
  expect(formatAddress('Docs', { url: 'http://d:1', taken: 8080 })).toBe(
    '  Docs      http://d:1 (port 8080 is in use)',
  );
});
