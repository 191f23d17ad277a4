import { availableParallelism, cpus } from 'node:os';
import { resolve } from 'node:path';
import { Argument, Command, InvalidArgumentError } from 'commander';
import type { DocsOptions } from './docs/docs.ts';
import { UsageError } from './usage-error.ts';

// Each benchmark is imported only when it runs, because each needs different packages.
const BENCHMARKS = {
  size: async () => (await import('./size.ts')).size(),
  cpu: async () => (await import('./cpu/cpu.ts')).cpu(),
  overhead: async () => (await import('./overhead/overhead.ts')).overhead(),
  mock: async () => (await import('./mock/mock.ts')).mock(),
  docs: async () => (await import('./docs/docs.ts')).docs(program.opts<DocsOptions>()),
  api: async () => (await import('./api.ts')).api(),
};
type Name = keyof typeof BENCHMARKS;
const NAMES = Object.keys(BENCHMARKS) as Name[];

const program = new Command('pnpm bench')
  .description('Measures the client, the mock, the live server and the docs, and compares them with alternatives.')
  .addArgument(new Argument('[names...]', 'benchmarks to run (default: all)').choices(NAMES))
  .optionsGroup('Options of docs:')
  .option('--only <pages...>', 'pages to measure, by name prefix (case-insensitive)')
  .option('--runs <number>', 'visits to each page on each device', parsePositive, 5)
  .option('--site <folder>', 'folder of our built site (default: apps/docs/dist)', resolvePath)
  .option('--json <file>', 'file to write all figures to', resolvePath)
  .option('--check', 'exit with 1 if our site exceeds a budget')
  .addHelpText('after', '\nExit codes: 0 success, 1 a budget is exceeded or a benchmark failed, 2 wrong usage.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

const chosen = NAMES.filter((name) => program.args.length === 0 || program.args.includes(name));
const processor = cpus()[0]?.model ?? 'unknown processor';
console.log(`Node ${process.versions.node}, ${availableParallelism()} cores, ${processor}`);
try {
  for (const name of chosen) await BENCHMARKS[name]();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** Resolves a path against the user's folder. pnpm runs this command in another folder and sets INIT_CWD. */
function resolvePath(path: string): string {
  return resolve(process.env.INIT_CWD ?? '', path);
}

function parsePositive(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 1 or greater.');
  return Number(value);
}
