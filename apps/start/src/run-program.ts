import type { Command } from 'commander';
import { reportFailure } from './output.ts';

/**
 * Runs a program with the options of its command, until Ctrl-C, a signal, or until nothing reads its output any longer.
 * An error is printed and ends this process.
 *
 * @example
 * await runProgram(createCommand('pnpm start').option('--no-docs'), start);
 */
export async function runProgram<Options extends object>(
  command: Command,
  program: (options: Options) => Promise<void>,
): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit());
  // The terminal was closed, or the reader of a pipe has ended.
  process.stdout.on('error', () => process.exit());
  const options = command.parse().opts<Options>();
  try {
    await program(options);
  } catch (error) {
    reportFailure(command.name(), error);
    process.exit();
  }
}
