import { join } from 'node:path';
import { runSource } from '@firstofficer/testing/run-command';
import { expect, test } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../src/cli.ts');

test('an unknown part is wrong usage, and the message lists the parts', async () => {
  const { code, stderr } = await runSource(PROGRAM, ['docs']);

  expect(code).toBe(2);
  expect(stderr).toContain("'docs' is invalid for argument 'parts'. Allowed choices are client, metrics, contract.");
});
