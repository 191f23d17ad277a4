import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../src/cli.ts');

function run(...args: string[]): Promise<{ code: unknown; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=@firstofficer/source', PROGRAM, ...args], (error, output, errors) =>
      resolve({ code: error?.code ?? 0, output: output + errors }),
    );
  });
}

test('an unknown part is wrong usage, and the message lists the parts', async () => {
  const { code, output } = await run('docs');

  expect(code).toBe(2);
  expect(output).toContain("'docs' is invalid for argument 'parts'. Allowed choices are client, metrics, contract.");
});
