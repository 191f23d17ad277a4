import {
  createCommand,
  EXIT,
  explainListenError,
  parseHost,
  parsePort,
  resolvePath,
} from '@firstofficer/common/command';
import { createSeed } from './engine/random.ts';
import { DEFAULT_TOKEN, isValidKey, KEY_FORMAT } from './engine/token.ts';

const {
  port,
  host,
  token,
  spec,
  examples,
  scenarios,
  seed = createSeed(),
  log,
  control,
} = createCommand('firstofficer-mock')
  .description("Serves a local mock of FirstOfficer's Customers API from the examples of its OpenAPI description.")
  .option('--port <number>', 'port to listen on; 0 selects a free port', parsePort, 4010)
  .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
  .option('--token <key>', 'the only API key that the mock accepts', parseToken, DEFAULT_TOKEN)
  .option('--spec <location>', "OpenAPI description to serve instead of FirstOfficer's: a path or URL")
  .option('--examples <file>', 'your own customers: NDJSON, or a list in JSON or YAML', resolvePath)
  .option('--scenarios <file>', 'what to answer instead of the examples: a list in YAML or JSON', resolvePath)
  .option('--seed <text>', 'seed of random failures and random data (default: a random one)', parseSeed)
  .option('--log', 'print a line for each request')
  .option('--no-control', 'do not serve /__mock, where programs on this machine set scenarios')
  .addHelpText(
    'after',
    '\nFailures on demand: send the header Prefer with code=429, delay=1500 (ms), drop=headers or drop=body, fail=2, retry-after=0, example=NAME, dynamic=true or seed=TEXT, separated by commas.\n\nExit codes: 0 stopped, 1 cannot start (port in use, unknown address, unreadable description, examples or scenarios), 2 wrong usage.',
  )
  .parse()
  .opts<{
    port: number;
    host: string;
    token: string;
    spec?: string;
    examples?: string;
    scenarios?: string;
    seed?: string;
    log?: true;
    control: boolean;
  }>();

// If the reader of the output ends, the mock continues.
process.stdout.on('error', () => {});

try {
  // Loading Prism takes time, so it is loaded only after the options are valid.
  const { startMock } = await import('./node/server.ts');
  const { formatRequest } = await import('./node/log.ts');
  const mock = await startMock({
    port,
    host,
    token,
    seed,
    control,
    onWarning: (message) => process.stderr.write(`firstofficer-mock: warning: ${message}\n`),
    ...(spec !== undefined && { spec }),
    ...(examples !== undefined && { examples }),
    ...(scenarios !== undefined && { scenarios }),
    ...(log && { onRequest: (request) => printLine(formatRequest(request)) }),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close());
  printLine(`firstofficer-mock is ready on ${mock.url}`);
  if (log)
    printLine(`Random failures and data have the seed ${JSON.stringify(seed)}. Pass it as --seed to repeat them.`);
} catch (error) {
  const message = explainListenError(error, { port, host }) ?? (error instanceof Error ? error.message : String(error));
  process.stderr.write(`firstofficer-mock: ${message}\n`);
  process.exitCode = EXIT.failed;
}

function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Checks a seed: an empty seed would be no seed. */
function parseSeed(value: string): string {
  return value === '' ? rejectUsage('--seed must have at least one character.') : value;
}

/** Checks a key. The error message is not the one of Commander, which would contain the key. */
function parseToken(value: string): string {
  return isValidKey(value) ? value : rejectUsage(`--token must be ${KEY_FORMAT}.`);
}

function rejectUsage(message: string): never {
  process.stderr.write(`firstofficer-mock: ${message}\n`);
  process.exit(EXIT.usage);
}
