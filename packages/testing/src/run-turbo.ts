import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from './result.ts';

/** Which tasks to run in all packages that have them. */
export interface TurboOptions {
  readonly root: string;
  readonly tasks: readonly string[];
  /** Prints the output of every task, and not only of those that fail. */
  readonly verbose: boolean;
}

/**
 * Runs tasks through turbo, which takes results from its cache where nothing has changed. Returns one row for each task:
 * how many packages passed and failed.
 *
 * @throws Error if turbo itself fails. The message holds its output.
 */
export async function runTurbo({ root, tasks, verbose }: TurboOptions): Promise<Row[]> {
  const before = new Set(await summaries(root));
  const args = ['run', ...tasks, '--continue', '--summarize', `--output-logs=${verbose ? 'full' : 'errors-only'}`];
  const turbo = spawn('turbo', args, {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', verbose ? 'inherit' : 'pipe', verbose ? 'inherit' : 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [turbo.stdout, turbo.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(turbo, 'close')) as [number | null];
  const [summary] = (await summaries(root)).filter((name) => !before.has(name));
  if (summary === undefined) throw new Error(`turbo failed.\n${output}`);
  const rows = rowsOf(JSON.parse(await readFile(join(root, RUNS, summary), 'utf8')), tasks);
  if (code !== 0 && !verbose) console.log(output);
  // A failure that belongs to none of the tasks, such as that of a build which they need.
  if (code !== 0 && rows.every(({ failed }) => failed === 0)) throw new Error('turbo failed: see its output above.');
  return rows;
}

const RUNS = '.turbo/runs';

async function summaries(root: string): Promise<string[]> {
  return readdir(join(root, RUNS)).catch(() => []);
}

interface RunSummary {
  readonly tasks: readonly {
    readonly task: string;
    readonly command: string;
    readonly execution?: { readonly startTime: number; readonly endTime: number; readonly exitCode: number };
  }[];
}

function rowsOf({ tasks: all }: RunSummary, wanted: readonly string[]): Row[] {
  return wanted.map((name) => {
    // Turbo lists packages that lack the script, too.
    const own = all.filter(({ task, command }) => task === name && command !== '<NONEXISTENT>');
    const passed = own.filter(({ execution }) => execution?.exitCode === 0).length;
    const seconds = own.map(({ execution }) => (execution ? execution.endTime - execution.startTime : 0));
    return {
      name,
      passed,
      failed: own.length - passed,
      skipped: 0,
      seconds: seconds.reduce((sum, ms) => sum + ms, 0) / 1000,
    };
  });
}
