import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createCommand, EXIT } from '@firstofficer/common/command';
import { Argument, InvalidArgumentError } from 'commander';
import { PARTS } from './parts.ts';
import { runParts } from './run-parts.ts';
import { runStryker } from './run-stryker.ts';

const ROOT = join(import.meta.dirname, '../../..');
const REPORTS = join(import.meta.dirname, '../reports');

// Exit on signals, so that the exit handler runs, which ends Stryker.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(EXIT.failed));

const program = createCommand('pnpm mutation')
  .description(
    'Changes the code of a part in many small ways, runs its tests for each change, and prints the share of changes that a test noticed.',
  )
  .addArgument(new Argument('[parts...]', 'what to change (default: all)').choices(Object.keys(PARTS)))
  .option('--concurrency <number>', 'processes that run tests at the same time', parsePositive, availableParallelism())
  .addHelpText('after', '\nExit codes: 0 success, 1 a score is below its floor or a run failed, 2 wrong usage.')
  .parse();
const { concurrency } = program.opts<{ concurrency: number }>();

const chosen = Object.entries(PARTS).filter(([name]) => program.args.length === 0 || program.args.includes(name));
const hasPassed = await runParts({
  parts: Object.fromEntries(chosen),
  run(name, part) {
    const reports = join(REPORTS, name);
    console.log(`Report: ${join(reports, 'mutation.html')}`);
    return runStryker({ root: ROOT, part, reports, concurrency });
  },
  print: console.log,
});
process.exitCode = hasPassed ? 0 : EXIT.failed;

function parsePositive(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 1 or greater.');
  return Number(value);
}
