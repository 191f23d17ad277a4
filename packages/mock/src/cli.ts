import { Command, InvalidArgumentError } from 'commander';
import { DEFAULT_TOKEN, isValidKey, KEY_FORMAT } from './token.ts';

const EXIT_USAGE = 2;
const EXIT_CANNOT_START = 1;

const { port, host, token, spec } = new Command('firstofficer-mock')
  .description("Serves a local mock of FirstOfficer's Customers API from the examples of its OpenAPI description.")
  .option('--port <number>', 'port to listen on; 0 chooses a free port', parsePort, 4010)
  .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
  .option('--token <key>', 'the only API key that the mock accepts', parseToken, DEFAULT_TOKEN)
  .option('--spec <file>', "OpenAPI 3.1 description to serve instead of FirstOfficer's")
  .addHelpText(
    'after',
    '\nExit codes: 0 stopped, 1 cannot start (port in use, unknown address, unreadable description), 2 wrong usage.',
  )
  .configureOutput({ outputError: (text, write) => write(removeValues(text)) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_USAGE))
  .parse()
  .opts<{ port: number; host: string; token: string; spec?: string }>();

try {
  // Loading Prism takes time, so it is loaded only after the options are valid.
  const { startMock } = await import('./server.ts');
  const mock = await startMock({ port, host, token, ...(spec !== undefined && { spec }) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close());
  process.stdout.write(`firstofficer-mock is ready on ${mock.url}\n`);
} catch (error) {
  process.stderr.write(`firstofficer-mock: ${explain(error)}\n`);
  process.exitCode = EXIT_CANNOT_START;
}

/** Removes option values from a message of Commander. A mistyped `--token=…` would otherwise print the key. */
function removeValues(message: string): string {
  return message.replace(/(--[^\s=']+)=[^']*/g, '$1=…').replace(/(but got \d+): .*/s, '$1.\n');
}

function parsePort(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

/** Parses a host. An empty host is rejected because Node would listen on every address of the machine. */
function parseHost(value: string): string {
  if (value === '') throw new InvalidArgumentError('It must be an address, such as 127.0.0.1.');
  return value;
}

/** Parses a key. It prints its own error message, because the message of Commander would contain the value. */
function parseToken(value: string): string {
  if (isValidKey(value)) return value;
  process.stderr.write(`firstofficer-mock: --token must be ${KEY_FORMAT}.\n`);
  process.exit(EXIT_USAGE);
}

function explain(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is already in use. Stop the program that listens on it, or choose another port with --port (0 chooses a free port).`;
    case 'EACCES':
      return `no permission to listen on port ${port}. Choose a port above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine. Omit --host, or use 127.0.0.1 or 0.0.0.0.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
