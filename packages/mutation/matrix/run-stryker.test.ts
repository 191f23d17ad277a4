import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';
import { runStryker } from '../src/run-stryker.ts';
import { computeScore } from '../src/score.ts';

const ROOT = join(import.meta.dirname, '../fixture');
const PART = { folder: 'packages/sums', files: ['src/*.ts'], excludedTests: [], floor: 0 };

test('runs the tests of a package for each mutant', async (context) => {
  const reports = await createTemporaryFolder(context);

  const report = await runStryker({ root: ROOT, part: PART, reports, concurrency: 1 });

  // `false` and `<=` instead of `<` survive, and no test runs `-value`.
  const score = { percent: 62.5, killed: 5, timeout: 0, survived: 2, noCoverage: 1 };
  expect(computeScore(report)).toEqual(score);
});

test('a run without mutants has no score', async (context) => {
  const reports = await createTemporaryFolder(context);
  const part = { ...PART, files: ['src/missing.ts'] };

  const report = await runStryker({ root: ROOT, part, reports, concurrency: 1 });

  expect(() => computeScore(report)).toThrow('the report contains no mutants');
});

test('fails if a test fails without any mutant', async (context) => {
  const reports = await createTemporaryFolder(context);
  const part = { ...PART, folder: 'packages/broken' };

  await expect(runStryker({ root: ROOT, part, reports, concurrency: 1 })).rejects.toThrow('Stryker failed');
});
