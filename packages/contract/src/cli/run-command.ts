import { EXIT as COMMON_EXIT, UsageError } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { explainUnreachable } from '../http/client.ts';
import type { RequestedReport } from '../report/formats.ts';
import { createProgress } from '../report/progress.ts';
import { formatTerminalReport } from '../report/terminal.ts';
import { redactReport, writeReports } from '../report/write-reports.ts';
import { createTargetRedactor } from '../request/redact.ts';
import { isHttpUrl } from '../request/target.ts';
import { locateSpec } from '../run/context.ts';
import { excludeOperations } from '../run/excluded-operations.ts';
import type { RecordedExchange } from '../run/recording.ts';
import type { RunOptions } from '../run/run.ts';
import { type Baseline, readBaseline } from './baseline-file.ts';
import { applyConfigFile } from './config-file.ts';
import { runInterruptibly } from './interrupt.ts';
import { parseKeys, requireKeys } from './keys.ts';
import type { Flags } from './options.ts';
import {
  parseReportOptions,
  parseRunOptions,
  parseTarget,
  readCustomers,
  readDescription,
  requireKnownNames,
} from './run-options.ts';
import { repeatOnChange } from './watch.ts';

const EXIT = { ...COMMON_EXIT, passed: 0, unreachable: 3, unwritten: 4 } as const;

/** Runs the checks with the options of a command. Returns the exit code. */
export async function runCommand(command: Command): Promise<number> {
  try {
    applyConfigFile(command);
    return await main(command);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    fail(error.message);
    return EXIT.usage;
  }
}

async function main(command: Command): Promise<number> {
  const flags = command.opts<Flags>();
  const reports = parseReportOptions([
    ...(flags.report ?? []),
    ...(flags.har === undefined ? [] : [`har=${flags.har}`]),
  ]);
  const description = await readDescription(flags);
  const customers = await readCustomers(flags, description);
  const runOptions = parseRunOptions(flags);
  // A key in the environment may be meant for other runs, so only --token requires --url.
  const server = parseTarget(flags, command.getOptionValueSource('token') === 'cli');
  const target = server && { ...server, keys: parseKeys(flags.auth, description, process.env) };
  requireKnownNames({ ...runOptions, ...(target && { target }) }, description);
  if (target) requireKeys(excludeOperations(description, runOptions.exclude ?? []), target);
  const reason = target && (await explainUnreachable(target.url, (flags.timeLimit ?? 10) * 1000));
  if (target && reason !== undefined) {
    fail(`cannot reach ${target.url}: ${reason}. Check the URL and that the server is running.`);
    return EXIT.unreachable;
  }
  if (flags.watch && isHttpUrl(flags.spec ?? '')) {
    throw new UsageError('--watch needs a file: it does not notice changes of a URL. Download the description first.');
  }
  if (flags.watch && !target) {
    throw new UsageError(
      '--watch needs --url: the mock does not reload the description. Start a server and pass its URL.',
    );
  }
  const baseline = await readBaseline(flags);
  const redact = createTargetRedactor(target ?? {}, description);
  // With --watch, each run loads the description again.
  const options = { ...runOptions, ...(target && { target }), ...(!flags.watch && { description }), customers };
  const listAll = flags.all ?? false;
  const handling = { redact, baseline, listAll, isRecorded: reports.some(isHar) };
  const run = () =>
    runInterruptibly(
      (signal) => runAndPrint({ ...options, signal }, handling),
      () => fail('the run was interrupted and deletes the objects that it created. Interrupt it again to end at once.'),
    );
  if (flags.watch) {
    const runOnce = async () => {
      const { exitCode } = await run();
      if (exitCode !== undefined) process.exit(exitCode);
    };
    return repeatOnChange({ file: locateSpec(flags.spec), run: runOnce, onError: fail });
  }
  const { result, exitCode } = await run();
  const { report, exchanges } = result;
  const problems = await writeReports(report, exchanges, { requested: reports, redact });
  for (const problem of problems) fail(problem);
  if (exitCode !== undefined) return exitCode;
  const notes = report.checks.flatMap(({ findings }) => findings).length;
  if (report.verdict !== 'passed') return EXIT.failed;
  if (flags.strict && notes > 0) {
    fail(`--strict: failed because of ${notes} ${notes === 1 ? 'note' : 'notes'}.`);
    return EXIT.failed;
  }
  return problems.length > 0 ? EXIT.unwritten : EXIT.passed;
}

/** How to print and record a run. */
interface EventHandling {
  /** Removes the key from a text. */
  redact(text: string): string;
  readonly baseline: Baseline;
  /** Whether to print every finding in full. */
  readonly listAll: boolean;
  /** Whether to return the exchanges. */
  readonly isRecorded: boolean;
}

/** Runs the checks, prints the progress and the report, and returns what the report files need. */
async function runAndPrint(options: RunOptions, { redact, baseline, listAll, isRecorded }: EventHandling) {
  // Loaded late, so that usage errors do not wait for Prism and fast-check.
  const { runContract } = await import('../run/run.ts');
  const { stdout, stderr } = process;
  const progress = createProgress(stderr);
  const exchanges: RecordedExchange[] = [];
  try {
    for await (const event of runContract(options)) {
      progress.onEvent(event);
      if (event.type === 'test-case-finished' && isRecorded) exchanges.push(...event.exchanges);
      if (event.type !== 'run-finished') continue;
      const { report, messages } = await baseline.apply(redactReport(event.report, redact));
      const colour = stdout.isTTY === true && stdout.hasColors();
      stdout.write(formatTerminalReport(report, { colour, width: stdout.columns || 100, listAll }));
      for (const message of messages) fail(message);
      return { report, exchanges };
    }
  } finally {
    progress.clear();
  }
  throw new Error('The run ended without a report.');
}

function isHar({ format }: RequestedReport): boolean {
  return format === 'har';
}

function fail(message: string): void {
  console.error(`firstofficer-contract: ${message}`);
}
