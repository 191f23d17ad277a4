import { availableParallelism, cpus } from 'node:os';
import { Argument, Command } from 'commander';
import { cpu } from './cpu/cpu.ts';
import { mock } from './mock/mock.ts';
import { overhead } from './overhead/overhead.ts';
import { size } from './size.ts';

const BENCHMARKS = { size, cpu, overhead, mock };
type Name = keyof typeof BENCHMARKS;

// `pnpm bench docs` asks every package, and this one has nothing to say to it.
const ELSEWHERE = ['docs', 'api'];

const { args } = new Command('pnpm bench')
  .description(
    'What the client costs, beside others: its size, CPU per request, and overhead per call. And what the mock serves.',
  )
  .addArgument(
    new Argument('[names...]', 'which to run; all of them by default').choices([
      ...Object.keys(BENCHMARKS),
      ...ELSEWHERE,
    ]),
  )
  .addHelpText('after', '\nExit codes: 0 done, 1 a budget of size is exceeded, 2 wrong usage.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

const all = Object.keys(BENCHMARKS) as Name[];
const chosen = all.filter((name) => args.length === 0 || args.includes(name));
if (chosen.length > 0) {
  console.log(
    `Node ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`,
  );
}
for (const name of chosen) await BENCHMARKS[name]();
