import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UsageError } from '@firstofficer/common/command';
import { formatLocation } from './source.ts';
import type { Step } from './step.ts';

const require = createRequire(import.meta.url);
const REDOCLY = join(require.resolve('@redocly/cli/package.json'), '../bin/cli.js');

/** The configuration with the ruleset of `redocly diff`. */
export const REDOCLY_CONFIG = join(import.meta.dirname, '../../redocly.yaml');

/** A change in the report of `redocly diff`. */
export interface RedoclyChange {
  readonly kind: 'added' | 'removed' | 'modified';
  readonly impact: Step;
  readonly property?: string;
  readonly verdicts: readonly { readonly ruleId: string; readonly impact: Step; readonly message: string }[];
  readonly base?: { readonly pointer: string };
  readonly revision?: { readonly pointer: string };
}

/**
 * Runs `redocly diff` and returns the changes of its report. Their pointers begin with `#`.
 *
 * @throws UsageError if it returns no report.
 */
export async function runRedoclyDiff(
  base: string,
  revision: string,
  config = REDOCLY_CONFIG,
): Promise<RedoclyChange[]> {
  const args = ['diff', base, revision, '--fail-on=none', `--config=${config}`];
  return (await runRedocly<{ changes: RedoclyChange[] }>(args)).flatMap(({ changes }) => changes);
}

/**
 * Checks the structure of descriptions with `redocly lint`.
 *
 * @throws UsageError with the location of the first error.
 */
export async function validate(files: readonly string[]): Promise<void> {
  const reports = await runRedocly<LintReport>(['lint', ...files, `--config=${REDOCLY_CONFIG}`]);
  const [problem] = reports.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  if (!problem) return;
  const [{ source, start } = { source: { ref: files[0] ?? '' }, start: { line: 1 } }] = problem.location;
  throw new UsageError(`${formatLocation({ file: source.ref, line: start.line })}: ${problem.message}`);
}

interface LintReport {
  readonly problems: readonly {
    readonly severity: string;
    readonly message: string;
    readonly location: readonly {
      readonly source: { readonly ref: string };
      readonly start: { readonly line: number };
    }[];
  }[];
}

/** Runs Redocly and returns its reports: one for each file that it lints, one for a comparison. */
async function runRedocly<Report>(args: readonly string[]): Promise<Report[]> {
  const { stdout, stderr } = await run([...args, '--format=json']);
  // Redocly exits with 1 if it finds problems, and still prints its report.
  try {
    return stdout.split(/(?<=^\})(?=\{)/m).map((report) => JSON.parse(report) as Report);
  } catch {
    throw new UsageError(`redocly ${args[0]} returned no report: ${formatFailure(stderr)}`);
  }
}

/** Returns what went wrong, without the stack trace. */
function formatFailure(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const texts = lines.filter((line) => line !== '' && !/^at |^An unexpected error occurred/.test(line));
  return texts.join(' ') || 'it printed nothing. Install it again with: npx -y pnpm@12 install --force';
}

async function run(args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, [REDOCLY, ...args], { maxBuffer: 256 * 1024 * 1024, env }, (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}
