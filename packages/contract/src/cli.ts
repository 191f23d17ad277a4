import { Command } from 'commander';
import { applyConfigFile } from './cli/config-file.ts';
import { addOptions, type Flags } from './cli/options.ts';
import { parseReportOptions } from './cli/report-options.ts';
import { customersOf, descriptionOf, parametersOf, runOptionsOf, targetOf } from './cli/run-options.ts';
import { UsageError } from './cli/usage-error.ts';
import { watchFile } from './cli/watch-file.ts';
import { whyUnreachable } from './http/reachable.ts';
import { createProgress } from './report/progress.ts';
import { terminalReport } from './report/terminal.ts';
import { redactReport, writeReports } from './report/write-reports.ts';
import { needsKey } from './request/credentials.ts';
import { createRedactor } from './request/redact.ts';
import { specFile } from './run/description.ts';
import type { RecordedExchange, RunReport } from './run/run-report.ts';

const EXIT = { passed: 0, failed: 1, usage: 2, unreachable: 3, unwritten: 4 } as const;

const command = addOptions(new Command('firstofficer-contract'))
  .description(
    'Tests whether a server conforms to an OpenAPI description. Without --url it starts and tests a mock server.',
  )
  .addHelpText(
    'after',
    `
Pass --customer or --customers if the API does not serve the examples of the description.
Set the key by FIRSTOFFICER_TOKEN if other users can see your command line.

Exit codes: 0 passed, 1 failed, 2 wrong usage, 3 target unreachable, 4 a report cannot be written.`,
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
  .description('print all checks with severity and rationale')
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
  const runOptions = runOptionsOf(flags);
  // The environment may have a key that is meant for other runs.
  const target = targetOf(flags, command.getOptionValueSource('token') === 'cli');
  if (target && target.token === undefined && description.operations.some(needsKey)) {
    throw new UsageError('--url needs an API key. Set FIRSTOFFICER_TOKEN or pass --token.');
  }
  const reason = target && (await whyUnreachable(target.url, (flags.timeLimit ?? 10) * 1000));
  if (target && reason !== undefined) {
    fail(`cannot reach ${target.url}: ${reason}. Check the URL and that the server is running.`);
    return EXIT.unreachable;
  }
  if (flags.watch && !target) {
    throw new UsageError(
      '--watch needs --url: the mock does not reload the description. Start a server and pass its URL.',
    );
  }
  const filter = parseFilter(flags.filter);
  // Loaded late, so that help and usage errors do not wait for Prism and fast-check.
  const { runContract } = await import('./run/run.ts');
  const redact = createRedactor(target?.token ?? '');
  const options = {
    ...(target && { target }),
    ...(flags.spec !== undefined && { spec: flags.spec }),
    ...(filter && { filter }),
    customers,
    parameters,
    ...runOptions,
  };
  const isHarRequested = reports.some(({ format }) => format === 'har');
  const run = async (): Promise<{ report: RunReport; exchanges: RecordedExchange[] }> => {
    const progress = createProgress(process.stderr);
    const exchanges: RecordedExchange[] = [];
    try {
      for await (const event of runContract(options)) {
        progress.onEvent(event);
        if (event.type === 'test-case-finished' && isHarRequested) exchanges.push(...event.exchanges);
        if (event.type === 'run-finished') {
          printReport(redactReport(event.report, redact), flags.all);
          return { report: event.report, exchanges };
        }
      }
    } finally {
      progress.clear();
    }
    throw new Error('The run ended without a report.');
  };
  if (flags.watch) return repeat(specFile(flags.spec), run);
  const { report, exchanges } = await run();
  const problems = await writeReports(report, exchanges, reports, { redact });
  for (const problem of problems) fail(problem);
  const notes = report.checks.flatMap(({ findings }) => findings).length;
  if (report.verdict !== 'passed') return EXIT.failed;
  if (flags.strict && notes > 0) {
    fail(`--strict: failed because of ${notes} ${notes === 1 ? 'note' : 'notes'}.`);
    return EXIT.failed;
  }
  return problems.length > 0 ? EXIT.unwritten : EXIT.passed;
}

function printReport(report: RunReport, listAll = false): void {
  const { stdout } = process;
  const colour = stdout.isTTY === true && stdout.hasColors();
  stdout.write(terminalReport(report, { colour, width: stdout.columns || 100, listAll }));
}

/** Runs the checks, and again whenever the description changes, until the process is stopped by a signal. */
async function repeat(spec: string, run: () => Promise<unknown>): Promise<never> {
  for (;;) {
    const { promise: changed, resolve } = Promise.withResolvers<void>();
    const stop = watchFile(spec, resolve);
    // Continue after a description with a mistake: the next change may correct it.
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

/** Removes values from a message of commander: an unknown option may be a mistyped `--token=…`. */
function withoutValues(message: string): string {
  return message.replace(/(--[^\s=']+)=[^']*/g, '$1=…').replace(/(but got \d+): .*/s, '$1.\n');
}

function fail(message: string): void {
  console.error(`firstofficer-contract: ${message}`);
}
