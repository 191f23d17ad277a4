import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunReport } from '../src/index.ts';
import { type RunningMuseum, runCommand, type Tool } from './tool.ts';

const BIN = join(import.meta.dirname, '../bin/firstofficer-contract.js');

/** The built command of this package. Notes do not count as findings. */
export const ourTool: Tool = {
  name: 'firstofficer-contract',

  async run({ url, spec, key, folder }: RunningMuseum) {
    const file = join(folder, 'report.json');
    const options = ['--url', url, '--spec', spec, '--seed', '1', '--report', `json=${file}`];
    const run = await runCommand([process.execPath, BIN, ...options], {
      cwd: folder,
      env: { FIRSTOFFICER_TOKEN: key },
    });
    const report = await readFile(file, 'utf8').then(
      (text): Pick<RunReport, 'checks'> => JSON.parse(text),
      () => ({ checks: [] }),
    );
    const errors = report.checks.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error'));
    return {
      ...run,
      findings: errors.map(({ check, operation, expected, spec: { pointer } }) => ({
        check,
        key: `${check} ${operation} ${expected} ${pointer}`,
      })),
    };
  },
};
