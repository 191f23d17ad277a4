import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from './summary.ts';

/** Options of {@link runTurbo}. */
export interface TurboOptions {
  /** The root folder of the workspace. */
  readonly root: string;
  /** The tasks to run in all packages that have them, or in one: `@firstofficer/spec#lint`. */
  readonly tasks: readonly string[];
  /** Whether to print the output of all tasks, instead of failed tasks only. */
  readonly verbose: boolean;
}

/**
 * Runs tasks with turbo, which uses its cache for unchanged packages. Returns a row for each task with the number of
 * packages that passed and failed.
 *
 * @throws Error with the output of turbo, if turbo itself fails.
 */
export async function runTurbo({ root, tasks, verbose }: TurboOptions): Promise<Row[]> {
  const before = new Set(await listRunSummaries(root));
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
  const [summary] = (await listRunSummaries(root)).filter((name) => !before.has(name));
  if (summary === undefined) throw new Error(`turbo failed.\n${output}`);
  const rows = countRows(JSON.parse(await readFile(join(root, RUNS, summary), 'utf8')), tasks);
  if (code !== 0 && !verbose) console.log(output);
  // A task that was not requested failed, such as a build that a requested task depends on.
  if (code !== 0 && rows.every(({ failed }) => failed === 0)) throw new Error('turbo failed: see its output above.');
  return rows;
}

const RUNS = '.turbo/runs';

async function listRunSummaries(root: string): Promise<string[]> {
  return readdir(join(root, RUNS)).catch(() => []);
}

interface RunSummary {
  readonly tasks: readonly {
    readonly taskId: string;
    readonly task: string;
    readonly command: string;
    readonly execution?: { readonly startTime: number; readonly endTime: number; readonly exitCode: number };
  }[];
}

function countRows({ tasks: all }: RunSummary, wanted: readonly string[]): Row[] {
  return wanted.map((name) => {
    // Turbo also lists packages that do not have the script.
    const own = all.filter(
      ({ taskId, task, command }) => (task === name || taskId === name) && command !== '<NONEXISTENT>',
    );
    const passed = own.filter(({ execution }) => execution?.exitCode === 0).length;
    const seconds = own.map(({ execution }) => (execution ? execution.endTime - execution.startTime : 0));
    return {
      name: name.replace('@firstofficer/', ''),
      passed,
      failed: own.length - passed,
      skipped: 0,
      seconds: seconds.reduce((sum, ms) => sum + ms, 0) / 1000,
    };
  });
}
