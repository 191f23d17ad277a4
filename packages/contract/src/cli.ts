import { Command } from 'commander';
import { applyConfigFile } from './cli/config-file.ts';
import { addOptions, type Flags } from './cli/options.ts';
import { parseReportOptions } from './cli/report-options.ts';
import { customersOf, descriptionOf, parametersOf, settingsOf, targetOf } from './cli/run-options.ts';
import { UsageError } from './cli/usage-error.ts';
import { watchFile } from './cli/watch-file.ts';
import { whyUnreachable } from './http/reachable.ts';
import { createProgress } from './report/progress.ts';
import { terminalReport } from './report/terminal.ts';
import { redactReport, writeReports } from './report/write-reports.ts';
import { needsKey } from './request/credentials.ts';
import { redactor } from './request/redact.ts';
import { specFile } from './run/description.ts';

const EXIT = { kept: 0, broken: 1, usage: 2, unreachable: 3, unwritten: 4 } as const;

const command = addOptions(new Command('firstofficer-contract'))
  .description(
    'Tests whether a server keeps the contract of an OpenAPI description. Without --url it tests a fresh mock.',
  )
  .addHelpText(
    'after',
    `
Name a customer when the target has its own. Without one it must serve the examples of the description.
Give the key in the environment where others can see the command line. Each option with a value can be given there.

Exit codes: 0 contract kept, 1 contract broken, 2 wrong usage, 3 target unreachable, 4 a report cannot be written.`,
  )
  .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage))
  .action(async () => {
    process.exitCode = await usable(async () => {
      applyConfigFile(command);
      return main(command.opts<Flags>());
    });
  });
command
  .command('list')
  .description('tells all checks: name, severity and rationale')
  .action(async () => {
    const { listChecks } = await import('./cli/list.ts');
    process.stdout.write(listChecks());
  });
await command.parseAsync();

async function usable(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    fail(error.message);
    return EXIT.usage;
  }
}

async function main(flags: Flags): Promise<number> {
  const reports = parseReportOptions([
    ...(flags.report ?? []),
    ...(flags.har === undefined ? [] : [`har=${flags.har}`]),
  ]);
  const description = await descriptionOf(flags);
  const customers = await customersOf(flags, description);
  const parameters = parametersOf(flags.parameter);
  const settings = settingsOf(flags);
  // The environment may hold a key for other runs.
  const target = targetOf(flags, command.getOptionValueSource('token') === 'cli');
  if (target && target.token === undefined && description.operations.some(needsKey)) {
    throw new UsageError('--url needs a key: give it in the environment as FIRSTOFFICER_TOKEN, or with --token.');
  }
  const reason = target && (await whyUnreachable(target.url, (flags.timeLimit ?? 10) * 1000));
  if (target && reason !== undefined) {
    fail(`cannot reach ${target.url}: ${reason}. Is the server running, and is the address right?`);
    return EXIT.unreachable;
  }
  if (flags.watch && !target) {
    throw new UsageError('--watch goes with --url: the mock of a run keeps the description that it started with.');
  }
  const filter = parseFilter(flags.filter);
  // Prism is loaded only when there is something to test: help and usage errors come at once.
  const { runContract } = await import('./run/run.ts');
  const redact = redactor(target?.token ?? '');
  const run = async () => {
    const progress = createProgress(process.stderr);
    const result = await runContract({
      ...(target && { target }),
      ...(flags.spec !== undefined && { spec: flags.spec }),
      ...(filter && { filter }),
      customers,
      parameters,
      settings,
      record: reports.some(({ format }) => format === 'har'),
      onProgress: progress.update,
    });
    progress.clear();
    const { stdout } = process;
    const look = {
      colour: stdout.isTTY === true && stdout.hasColors(),
      width: stdout.columns || 100,
      listAll: flags.all ?? false,
    };
    stdout.write(terminalReport(redactReport(result.report, redact), look));
    return result;
  };
  if (flags.watch) return repeat(specFile(flags.spec), run);
  const { report, exchanges } = await run();
  const problems = await writeReports(report, exchanges, reports, { redact });
  for (const problem of problems) fail(problem);
  const notes = report.checks.flatMap(({ findings }) => findings).length;
  if (report.verdict !== 'kept') return EXIT.broken;
  if (flags.strict && notes > 0) {
    fail(`--strict: ${notes} notes break the contract.`);
    return EXIT.broken;
  }
  return problems.length > 0 ? EXIT.unwritten : EXIT.kept;
}

/** Runs the checks again whenever the description has changed, until a signal ends the process. */
async function repeat(spec: string, run: () => Promise<unknown>): Promise<never> {
  for (;;) {
    const { promise: changed, resolve } = Promise.withResolvers<void>();
    const stop = watchFile(spec, resolve);
    // A description with a mistake is no reason to end: the next change may mend it.
    await run().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
    await changed;
    stop();
  }
}

function parseFilter(pattern: string | undefined): RegExp | undefined {
  try {
    return pattern === undefined ? undefined : new RegExp(pattern);
  } catch {
    throw new UsageError('--filter must be a regular expression, such as "exact_match: .*wildcard".');
  }
}

/** Commander repeats what it cannot place, which may be a mistyped `--token=…`. */
function withoutValues(message: string): string {
  return message.replace(/(--[^\s=']+)=[^']*/g, '$1=…').replace(/(but got \d+): .*/s, '$1.\n');
}

function fail(message: string): void {
  console.error(`firstofficer-contract: ${message}`);
}
