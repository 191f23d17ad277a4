import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runParts } from '../src/run-parts.ts';

beforeEach(() => {
  vi.stubEnv('GITHUB_STEP_SUMMARY', '');
});
afterEach(() => vi.unstubAllEnvs());

const PART = { folder: 'packages/sums', files: ['src/*.ts'], excludedTests: [], floor: 75 };

/** Returns what is printed if Stryker reports mutants with these statuses, and whether the run has passed. */
async function runWith(statuses: readonly string[], floor = 75) {
  const lines: string[] = [];
  const hasPassed = await runParts({
    parts: { sums: { ...PART, floor } },
    run: async () => ({ files: { 'src/sums.ts': { mutants: statuses.map((status) => ({ status })) } } }),
    print: (text) => lines.push(text),
  });
  return { hasPassed, output: lines.join('\n') };
}

test('a score at the floor passes, and timeouts count as noticed', async () => {
  const { hasPassed, output } = await runWith(['Killed', 'Killed', 'Timeout', 'Survived']);

  expect(hasPassed).toBe(true);
  expect(output).toMatch(/^ +score +floor +killed +survived +timeout +no coverage +minutes$/m);
  expect(output).toMatch(/^ {2}sums +75\.0 % +75 % +2 +1 +1 +0 +0\.0$/m);
});

test('a score below the floor fails, with a sentence', async () => {
  const { hasPassed, output } = await runWith(['Killed', 'Killed', 'Survived', 'NoCoverage']);

  expect(hasPassed).toBe(false);
  expect(output).toContain('✗ sums: the score of 50.0 % is below the floor of 75 %. Open the report');
});

test('a score just below the floor is not rounded up to it', async () => {
  const { hasPassed, output } = await runWith([...Array(7499).fill('Killed'), ...Array(2501).fill('Survived')]);

  expect(hasPassed).toBe(false);
  expect(output).toContain('the score of 74.9 %');
});

test('mutants that cannot run do not count', async () => {
  const { output } = await runWith(['Killed', 'RuntimeError', 'CompileError', 'Ignored']);

  expect(output).toContain('100.0 %');
});

test.for([[], ['Ignored', 'RuntimeError']])(
  'a report without mutants fails, even without a floor: %j',
  async (statuses) => {
    const { hasPassed, output } = await runWith(statuses, 0);

    expect(hasPassed).toBe(false);
    expect(output).toContain('✗ sums: the report contains no mutants.');
  },
);

test('if a run fails, the next part still runs', async () => {
  const lines: string[] = [];
  const hasPassed = await runParts({
    parts: { broken: PART, healthy: PART },
    run: async (name) => {
      if (name === 'broken') throw new Error('Stryker failed: see its output above.');
      return { files: { 'src/sums.ts': { mutants: [{ status: 'Killed' }] } } };
    },
    print: (text) => lines.push(text),
  });

  expect(hasPassed).toBe(false);
  expect(lines.join('\n')).toContain('✗ broken: Stryker failed: see its output above.');
  expect(lines.join('\n')).toMatch(/^ {2}healthy +100\.0 %/m);
});

test('in GitHub Actions, the summary of the job contains the table', async (context) => {
  const file = join(await createTemporaryFolder(context), 'summary.md');
  vi.stubEnv('GITHUB_STEP_SUMMARY', file);

  await runWith(['Killed', 'Survived']);

  const summary = await readFile(file, 'utf8');
  expect(summary).toContain('| sums | 50.0 % | 75 % | 1 | 1 | 0 | 0 |');
  expect(summary).toContain('- ❌ sums: the score of 50.0 % is below the floor of 75 %.');
});
