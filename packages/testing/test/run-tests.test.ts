import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'run-fixture.ts');

/** Runs the tests of the fixture, which has a package whose tests pass and one whose tests fail. */
function run(...options: string[]): Promise<string> {
  const env = { ...process.env, NO_COLOR: '1', VITEST: undefined };
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...options], { env }, (_, output, errors) => resolve(output + errors));
  });
}

test('prints a line for each package, failures in full, a table, the totals and why tests were skipped', async () => {
  const output = await run();

  expect(output).toMatch(/^ {2}✓ healthy +1 passed, 2 skipped \(\d+\.\d s\)$/m);
  expect(output).toMatch(/^ {2}✗ broken +0 passed, 2 failed \(\d+\.\d s\)$/m);
  expect(output).toContain('expected 4 to be 5');
  expect(output).toContain('fails.test.ts:5:17');
  expect(output).toContain('this file does not load');
  expect(output).toContain('printed by a test that fails');
  expect(output).not.toContain('printed by a test that passes');
  expect(output).toMatch(/^ {2}broken +0 +2 +0 +\d+\.\d$/m);
  expect(output).toMatch(/^ {2}healthy +1 +0 +2 +\d+\.\d$/m);
  expect(output).not.toContain('coverage');
  expect(output).toMatch(
    /\n1 passed, 2 failed, 2 skipped\n\nSkipped\n {2}healthy: 2 skipped: there is no such program\n/,
  );
});

test('--verbose prints every test by name, and --coverage the share of statements that the tests run', async () => {
  const output = await run('--verbose', '--coverage');

  expect(output).toMatch(/✓ .*passes\.test\.ts > adds/);
  expect(output).toMatch(/× .*fails\.test\.ts > multiplies/);
  expect(output).toContain('printed by a test that passes');
  expect(output).toContain('1 passed, 2 failed, 2 skipped');
  // Of the three statements of `half`, the test runs two.
  expect(output).toMatch(/^ {2}healthy +1 +0 +2 +\d+\.\d +66\.7 %$/m);
  expect(output).toContain('Code that tests run in other processes, such as commands, does not count.');
  expect(output).toMatch(/^\| healthy \| 1 \| 0 \| 2 \| \d+\.\d \| 66\.7 % \|$/m);
});
