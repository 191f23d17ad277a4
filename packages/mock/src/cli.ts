import {
  createCommand,
  EXIT,
  explainListenError,
  parseHost,
  parsePort,
  resolvePath,
} from '@firstofficer/common/command';
import { DEFAULT_TOKEN, isValidKey, KEY_FORMAT } from './engine/token.ts';

const { port, host, token, spec, examples } = createCommand('firstofficer-mock')
  .description("Serves a local mock of FirstOfficer's Customers API from the examples of its OpenAPI description.")
  .option('--port <number>', 'port to listen on; 0 selects a free port', parsePort, 4010)
  .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
  .option('--token <key>', 'the only API key that the mock accepts', parseToken, DEFAULT_TOKEN)
  .option('--spec <location>', "OpenAPI description to serve instead of FirstOfficer's: a path or URL")
  .option('--examples <file>', 'your own customers: NDJSON, or a list in JSON or YAML', resolvePath)
  .addHelpText(
    'after',
    '\nExit codes: 0 stopped, 1 cannot start (port in use, unknown address, unreadable description or examples), 2 wrong usage.',
  )
  .parse()
  .opts<{ port: number; host: string; token: string; spec?: string; examples?: string }>();

try {
  // Loading Prism takes time, so it is loaded only after the options are valid.
  const { startMock } = await import('./node/server.ts');
  const mock = await startMock({
    port,
    host,
    token,
    onWarning: (message) => process.stderr.write(`firstofficer-mock: warning: ${message}\n`),
    ...(spec !== undefined && { spec }),
    ...(examples !== undefined && { examples }),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mock.close());
  process.stdout.write(`firstofficer-mock is ready on ${mock.url}\n`);
} catch (error) {
  const message = explainListenError(error, { port, host }) ?? (error instanceof Error ? error.message : String(error));
  process.stderr.write(`firstofficer-mock: ${message}\n`);
  process.exitCode = EXIT.failed;
}

/** Checks a key. Prints the error message itself, because the message of Commander would contain the key. */
function parseToken(value: string): string {
  if (isValidKey(value)) return value;
  process.stderr.write(`firstofficer-mock: --token must be ${KEY_FORMAT}.\n`);
  process.exit(EXIT.usage);
}
