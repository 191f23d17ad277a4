import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Step } from './step.ts';

const require = createRequire(import.meta.url);
const REDOCLY = join(require.resolve('@redocly/cli/package.json'), '../bin/cli.js');
const CONFIG = join(import.meta.dirname, '../../redocly.yaml');

/** A change in the report of `redocly diff`. */
export interface RedoclyChange {
  readonly kind: 'added' | 'removed' | 'modified';
  readonly impact: Step;
  readonly property?: string;
  readonly verdicts: readonly { ruleId: string; impact: Step; message: string; location: RedoclyLocation }[];
  readonly base?: RedoclyLocation;
  readonly revision?: RedoclyLocation;
}

interface RedoclyLocation {
  readonly file: string;
  /** JSON Pointer after `#`. */
  readonly pointer: string;
  readonly line: number;
}

/** Runs `redocly diff` and returns the changes of its report. */
export async function runRedocly(base: string, revision: string): Promise<readonly RedoclyChange[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [REDOCLY, 'diff', base, revision, '--format=json', '--fail-on=none', `--config=${CONFIG}`],
    {
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  return (JSON.parse(stdout) as { changes: RedoclyChange[] }).changes;
}
