import { afterEach, expect, test, vi } from 'vitest';
import { runStep } from '../src/step.ts';

const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

afterEach(() => {
  output.mockClear();
});

function written(): string {
  return output.mock.calls.map(([text]) => text).join('');
}

test('a step returns its result, and prints what it does and how long it took', async () => {
  const startedAt = performance.now() - 2000;

  expect(await runStep({ title: 'Starting the mock', hint: '', startedAt, run: async () => 7 })).toBe(7);
  expect(written()).toMatch(/^› Starting the mock \.\.\. 2\.\d s\n$/);
});

test('a step that fails says which one it is, why, and what to do', async () => {
  const run = async () => Promise.reject(new Error('no such file.'));

  await expect(runStep({ title: 'Starting the mock', hint: 'Create it.', run })).rejects.toThrow(
    'Starting the mock failed: no such file.\nCreate it.',
  );
  expect(written()).toMatch(/^› Starting the mock \.\.\. failed after \d+\.\d s\n$/);
});
