import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { type DestinationStream, pino } from 'pino';
import { LIMITS } from '../server/limits.ts';
import { isPublic } from '../server/public-address.ts';
import { startApi } from '../start.ts';
import { EXIT } from './exit-codes.ts';
import { type DataFlags, dataOption, getLocation, parseCount, parseHost, parsePort, parseProxies } from './options.ts';

interface Flags extends DataFlags {
  readonly port: number;
  readonly host: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly trustProxy?: string;
  readonly insecureHttp?: boolean;
  readonly validateResponses?: boolean;
  readonly metricsPort?: number;
  readonly maxFailedAuth: number;
  readonly logLevel: string;
}

export const serveCommand = () =>
  new Command('serve')
    .description('Serves the API until it is stopped.')
    .option('--port <number>', 'port to listen on; 0 takes a free one', parsePort, 3000)
    .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
    .addOption(dataOption())
    .option('--tls-cert <file>', 'certificate chain in PEM, to serve HTTPS')
    .option('--tls-key <file>', 'its private key in PEM')
    .option(
      '--trust-proxy <addresses>',
      'proxies that terminate TLS, such as 10.0.0.0/8, separated by commas',
      parseProxies,
    )
    .option('--insecure-http', 'serve plain HTTP to other machines: anybody in between can read the keys')
    .option(
      '--max-failed-auth <number>',
      'requests without a valid key, a minute and client address; 0: no limit',
      parseCount,
      LIMITS.failedAuthentications,
    )
    .option('--validate-responses', 'hold each response against the description before it is sent')
    .option('--metrics-port <number>', 'serve metrics for Prometheus on this port of loopback', parsePort)
    .addOption(
      new Option('--log-level <level>', 'log lines from this level on')
        .choices(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
        .default('info'),
    )
    .addHelpText(
      'after',
      '\nThe data is in an SQLite file in the data directory, or in PostgreSQL where DATABASE_URL says so.\n' +
        'FIRSTOFFICER_API_SECRET holds the secret that keys are hashed by; without it the data directory does.',
    )
    .action(run);

// Bytes of the log that are written at once: a write for each line would take as long as the request. What waits is
// written within a second, and when the process ends.
const LOG_BUFFER = 4_096;
// Bytes of the log that wait in memory while they cannot be written, on a full disk for example. More are dropped.
const LOG_BACKLOG = 16 * 1024 * 1024;

/** The server cannot start for what it was told. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

async function run({ port, host, logLevel, ...flags }: Flags, command: Command): Promise<void> {
  if ((flags.tlsCert === undefined) !== (flags.tlsKey === undefined)) {
    command.error('error: --tls-cert and --tls-key go together.', { exitCode: EXIT.usage });
  }
  const isEncrypted = flags.tlsCert !== undefined || flags.trustProxy !== undefined;
  if (isPublic(host) && !isEncrypted && !flags.insecureHttp) {
    command.error(
      `error: plain HTTP on ${host} would show API keys to the network. Give --tls-cert and --tls-key, or --trust-proxy if a proxy in front speaks HTTPS, or --insecure-http if you must.`,
      { exitCode: EXIT.usage },
    );
  }
  const tls = await readTls(flags);
  const logger = pino({ level: logLevel }, logDestination());
  const api = await startApi({
    database: getLocation(flags),
    port,
    host,
    logger,
    limits: { failedAuthentications: flags.maxFailedAuth },
    ...(tls && { tls }),
    ...(flags.trustProxy !== undefined && { trustProxy: flags.trustProxy }),
    ...(flags.validateResponses && { validateResponses: true }),
    ...(flags.metricsPort !== undefined && { metricsPort: flags.metricsPort }),
  }).catch((error: NodeJS.ErrnoException) => {
    throw listenError(error, port, host);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void api.close());
  console.log(`firstofficer-api is ready on ${api.url}`);
  if (api.metricsUrl) console.log(`Metrics are on ${api.metricsUrl}`);
}

/** Opens standard output for the log. The server goes on while the log cannot be written. */
function logDestination(): DestinationStream {
  const destination = pino.destination({
    sync: false,
    minLength: LOG_BUFFER,
    maxLength: LOG_BACKLOG,
    periodicFlush: 1_000,
  });
  let isFailing = false;
  destination.on('error', () => {
    isFailing = true;
  });
  destination.on('drain', () => {
    isFailing = false;
  });
  const flushSync = destination.flushSync.bind(destination);
  // Called when the process ends. It would repeat a failing write forever.
  destination.flushSync = () => {
    if (!isFailing) flushSync();
  };
  return destination;
}

async function readTls({
  tlsCert,
  tlsKey,
}: Pick<Flags, 'tlsCert' | 'tlsKey'>): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const [cert, key] = await Promise.all(
    [tlsCert, tlsKey].map((file) =>
      readFile(file).catch(({ code }: NodeJS.ErrnoException) => {
        throw new ListenError(`the file ${file} cannot be read (${code}).`);
      }),
    ),
  );
  return { cert: cert as Buffer, key: key as Buffer };
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError(
        `port ${(error as { port?: number }).port ?? port} is taken. Stop what listens there, or choose another with --port (0: a free one).`,
      );
    case 'EACCES':
      return new ListenError(`no permission to listen on port ${port}. Choose one above 1023 with --port.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenError(`${host} is not an address of this machine. Leave out --host, or use 127.0.0.1.`);
    default:
      return /^ERR_(OSSL|SSL|TLS|CRYPTO)/.test(error.code ?? '')
        ? new ListenError(
            `the certificate or its key cannot be used (${error.code}). Both must be PEM, and belong together.`,
          )
        : error;
  }
}
