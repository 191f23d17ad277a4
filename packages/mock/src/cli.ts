import { Command, InvalidArgumentError } from 'commander';
import { DEFAULT_TOKEN, isKey, KEY_FORM } from './token.ts';

const EXIT_USAGE = 2;
const EXIT_CANNOT_START = 1;

const { port, host, token, spec } = new Command('firstofficer-mock')
  .description("FirstOfficer's Customers API on this machine, answering from the examples of its OpenAPI description.")
  .option('--port <number>', 'port to listen on; 0 takes a free one', parsePort, 4010)
  .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
  .option('--token <key>', 'the only API key that is accepted', parseToken, DEFAULT_TOKEN)
  .option('--spec <file>', "another OpenAPI 3.1 description to serve, instead of FirstOfficer's")
  .addHelpText(
    'after',
    '\nExit codes: 0 stopped, 1 cannot start (port taken, no such address, no such description), 2 wrong usage.',
  )
  .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_USAGE))
  .parse()
  .opts<{ port: number; host: string; token: string; spec?: string }>();

try {
  // Prism is loaded only when it is needed: help and usage errors come at once.
  const { startMock } = await import('./server.ts');
  const mock = await startMock({ port, host, token, ...(spec !== undefined && { spec }) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close());
  process.stdout.write(`firstofficer-mock is ready on ${mock.url}\n`);
} catch (error) {
  process.stderr.write(`firstofficer-mock: ${explain(error)}\n`);
  process.exitCode = EXIT_CANNOT_START;
}

/** Commander repeats what it cannot place, which may be a mistyped `--token=…`. */
function withoutValues(message: string): string {
  return message.replace(/(--[^\s=']+)=[^']*/g, '$1=…').replace(/(but got \d+): .*/s, '$1.\n');
}

function parsePort(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

/** An empty host would mean every address of the machine. */
function parseHost(value: string): string {
  if (value === '') throw new InvalidArgumentError('It must be an address, such as 127.0.0.1.');
  return value;
}

/** What could not be sent in both forms could never be right. Commander repeats the value, so it is refused elsewhere. */
function parseToken(value: string): string {
  if (isKey(value)) return value;
  process.stderr.write(`firstofficer-mock: --token must be ${KEY_FORM}.\n`);
  process.exit(EXIT_USAGE);
}

function explain(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is taken. Stop what listens there, or choose another with --port (0: a free one).`;
    case 'EACCES':
      return `no permission to listen on port ${port}. Choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine. Leave out --host, or use 127.0.0.1 or 0.0.0.0.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
