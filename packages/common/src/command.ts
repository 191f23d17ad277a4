import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

/**
 * The exit codes that all commands share. A command may define more, from 3.
 *
 * @example
 * process.exitCode = EXIT.failed;
 */
export const EXIT = { failed: 1, usage: 2 } as const;

/**
 * An error in how a command is used. Its message says how to correct it. The command exits with `EXIT.usage`.
 *
 * @example
 * throw new UsageError('--url needs an API key. Set FIRSTOFFICER_TOKEN or pass --token.');
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Creates a command that exits with `EXIT.usage` if its arguments are invalid. Messages about unknown options and
 * arguments do not contain their values: a mistyped `--token=…` would otherwise print the key.
 *
 * Subcommands that `command.command(…)` creates inherit this. Create subcommands for `command.addCommand(…)` with this
 * function.
 *
 * @example
 * const { port } = createCommand('mock')
 *   .option('--port <number>', 'port to listen on', parsePort, 4010)
 *   .parse()
 *   .opts<{ port: number }>();
 */
export function createCommand(name: string): Command {
  const command = new Command(name);
  return command
    .configureOutput({ outputError: (text, write) => write(removeValues(text, command)) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage));
}

/** Removes the values that may be a key from the message of an error. */
function removeValues(message: string, command: Command): string {
  return (
    message
      .replace(/(?<=unknown option ').*(?=')/s, (option) => removeValue(option, command))
      // A name that resembles no command may be a value. If it resembles one, the next line suggests the command.
      .replace(/(unknown command) '.*'\n$/s, '$1. List the commands with --help.\n')
      .replace(/(but got \d+): .*/s, '$1.\n')
  );
}

/** Removes the value of an unknown option: `--tokne=secret`, `--tokensecret` and `-tsecret`. */
function removeValue(option: string, command: Command): string {
  if (!option.startsWith('--')) return option.length > 2 ? `${option.slice(0, 2)}…` : option;
  const known = listOptions(command).find((name) => option.startsWith(name));
  return known && option !== known ? `${known}…` : option.replace(/=.*/s, '=…');
}

/** Returns the long names of the options of a command and of all its subcommands. */
function listOptions({ options, commands }: Command): string[] {
  return [...options.flatMap(({ long }) => long ?? []), ...commands.flatMap(listOptions)];
}

/**
 * Parses the value of a port option: a number from 0 to 65535.
 *
 * @throws InvalidArgumentError if the value is not such a number.
 * @example
 * createCommand('mock').option('--port <number>', 'port to listen on; 0 selects a free port', parsePort, 8080);
 */
export function parsePort(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

/**
 * Parses the value of a host option: an address to listen on.
 *
 * @throws InvalidArgumentError if the value is empty, because Node would listen on every address of the machine.
 * @example
 * createCommand('mock').option('--host <address>', 'address to listen on', parseHost, '127.0.0.1');
 */
export function parseHost(value: string): string {
  if (value === '') throw new InvalidArgumentError('It must be an address, such as 127.0.0.1.');
  return value;
}

/**
 * Resolves a path against the folder where the user called pnpm. pnpm runs a script in the folder of its package, and
 * sets INIT_CWD to the folder of the user.
 *
 * @example
 * createCommand('mock').option('--spec <file>', 'OpenAPI description', resolvePath);
 */
export function resolvePath(path: string): string {
  return resolve(process.env.INIT_CWD ?? '', path);
}

/**
 * Returns why a server cannot listen and what to do, or undefined for any other error.
 *
 * @param error - The error of `listen`.
 * @param requested - The values of the options `--port` and `--host`.
 * @example
 * console.error(explainListenError(error, { port, host }) ?? error.message);
 */
export function explainListenError(
  error: unknown,
  requested: { readonly port: number; readonly host: string },
): string | undefined {
  const { code, port = requested.port, address: host = requested.host } = error as Partial<ListenError>;
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is already in use. Stop the program that listens on it, or choose another port with --port (0 selects a free port).`;
    case 'EACCES':
      return `no permission to listen on port ${port}. Choose a port above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine. Omit --host, or use 127.0.0.1 or 0.0.0.0.`;
    default:
      return undefined;
  }
}

/** A system error of `listen`. */
interface ListenError {
  readonly code: string;
  readonly port: number;
  readonly address: string;
}
