import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus } from 'node:os';
import { createCommand, EXIT, resolvePath, UsageError } from '@firstofficer/common/command';
import { Argument, InvalidArgumentError, Option } from 'commander';
import type { ApiOptions } from './api/api.ts';
import type { DatabaseName } from './api/data.ts';
import type { DocsOptions } from './docs/docs.ts';
import type { MockOptions } from './mock/mock.ts';
import type { SnapshotOptions } from './snapshot/snapshot.ts';
import type { SyncOptions } from './sync/sync.ts';

// Exit on signals, so that the exit handlers run, which kill the servers and delete the browser's files.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(EXIT.failed));

// Each benchmark is imported only when it runs, because each needs different packages.
const BENCHMARKS = {
  size: async () => (await import('./size.ts')).benchmarkSize(),
  cpu: async () => (await import('./client.ts')).benchmarkCpu(),
  overhead: async () => (await import('./client.ts')).benchmarkOverhead(),
  mock: async () => (await import('./mock/mock.ts')).benchmarkMock(program.opts<MockOptions>()),
  docs: async () => (await import('./docs/docs.ts')).benchmarkDocs(program.opts<DocsOptions>()),
  api: async () => (await import('./api/api.ts')).benchmarkApi(program.opts<ApiOptions>()),
  snapshot: async () => (await import('./snapshot/snapshot.ts')).benchmarkSnapshot(program.opts<SnapshotOptions>()),
  sync: async () => (await import('./sync/sync.ts')).benchmarkSync(program.opts<SyncOptions>()),
  contract: () => runCommand('../../contract/bench/cli.ts'),
};
const DATABASES: readonly DatabaseName[] = ['sqlite', 'postgres'];
type Name = keyof typeof BENCHMARKS;
const NAMES = Object.keys(BENCHMARKS) as Name[];

const program = createCommand('pnpm bench')
  .description(
    'Measures the client, the mock, the live server and its sync, the contract tests and the docs, and compares them with alternatives.',
  )
  .addArgument(new Argument('[names...]', 'benchmarks to run (default: all)').choices(NAMES))
  .optionsGroup('Options of docs:')
  .option('--only <pages...>', 'pages to measure, by name prefix (case-insensitive)')
  .option('--runs <number>', 'visits to each page on each device', parsePositive, 5)
  .option('--site <folder>', 'folder of our built site (default: apps/docs/dist)', resolvePath)
  .option('--json <file>', 'file to write all figures to', resolvePath)
  .optionsGroup('Options of api:')
  .option('--customers <number>', 'customers in the database', parsePositive, 100_000)
  .option('--soak <seconds>', 'print the memory of our server under load instead', parsePositive)
  .optionsGroup('Options of sync:')
  .option('--invoices <number>', 'invoices in the Stripe account', parsePositive, 100_000)
  .optionsGroup('Options of api and sync:')
  .addOption(new Option('--databases <names...>', 'databases to measure with').choices(DATABASES).default(DATABASES))
  .option('--rounds <number>', 'measurements of each server, or of reads', parsePositive, 20)
  .option('--seconds <number>', 'duration of each measurement', parsePositive, 1)
  .optionsGroup('Options of mock, docs, api, snapshot and sync:')
  .option('--check', 'exit with 1 if our site, server, mock or command exceeds a budget')
  .addHelpText('after', '\nExit codes: 0 success, 1 a budget is exceeded or a benchmark failed, 2 wrong usage.')
  .parse();

const chosen = NAMES.filter((name) => program.args.length === 0 || program.args.includes(name));
const processor = cpus()[0]?.model ?? 'unknown processor';
console.log(`Node ${process.versions.node}, ${availableParallelism()} cores, ${processor}`);
try {
  for (const name of chosen) await BENCHMARKS[name]();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = EXIT.usage;
}

/** Runs a benchmark that is in the folder of another package, because it needs code that the package does not export. */
async function runCommand(file: string): Promise<void> {
  // The process ends when its connection to this process closes, however this process ends.
  const child = fork(new URL(file, import.meta.url), { execArgv: ['--conditions=@firstofficer/source'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = EXIT.failed;
}

function parsePositive(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 1 or greater.');
  return Number(value);
}
