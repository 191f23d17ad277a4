import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const BIN = fileURLToPath(new URL('../bin/firstofficer-contract.js', import.meta.url));

test('the built command passes with its own mock', async () => {
  const { PATH } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [BIN], { env: { PATH } });

  expect(stdout).toContain('Contract tests passed');
});
