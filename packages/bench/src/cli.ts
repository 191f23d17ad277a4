import { availableParallelism, cpus } from 'node:os';
import { Argument, Command } from 'commander';
import { cpu } from './cpu/cpu.ts';
import { mock } from './mock/mock.ts';
import { overhead } from './overhead/overhead.ts';
import { size } from './size.ts';

const BENCHMARKS = { size, cpu, overhead, mock };
type Name = keyof typeof BENCHMARKS;

const { args } = new Command('pnpm bench')
  .description(
    'What the client costs, beside others: its size, CPU per request, and overhead per call. And what the mock serves.',
  )
  .addArgument(new Argument('[names...]', 'which to run; all of them by default').choices(Object.keys(BENCHMARKS)))
  .addHelpText('after', '\nExit codes: 0 done, 1 a budget of size is exceeded, 2 wrong usage.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`,
);
const all = Object.keys(BENCHMARKS) as Name[];
for (const name of all.filter((name) => args.length === 0 || args.includes(name))) await BENCHMARKS[name]();
