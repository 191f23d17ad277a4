import { readFile } from 'node:fs/promises';
import { createCommand, explainListenError, parseHost, parsePort } from '@firstofficer/common/command';
import { type Command, Option } from 'commander';
import { type DestinationStream, pino } from 'pino';
import { LIMITS } from '../server/create-server.ts';
import { startApi } from '../start.ts';
import { type DataFlags, dataOption, EXIT, getLocation, isPublicAddress, parseCount, parseProxies } from './options.ts';

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

export function createServeCommand(): Command {
  return createCommand('serve')
    .description('Serves the API until SIGTERM or Ctrl-C.')
    .option('--port <number>', 'port to listen on; 0 selects a free port', parsePort, 3000)
    .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
    .addOption(dataOption())
    .option('--tls-cert <file>', 'certificate chain in PEM format, to serve HTTPS')
    .option('--tls-key <file>', 'private key of the certificate in PEM format')
    .option(
      '--trust-proxy <addresses>',
      'addresses of proxies that terminate TLS, such as 10.0.0.0/8, separated by commas',
      parseProxies,
    )
    .option('--insecure-http', 'serve plain HTTP to other machines, although others on the network can read the keys')
    .option(
      '--max-failed-auth <number>',
      'limit of requests without a valid key, per minute and client address; 0 means no limit',
      parseCount,
      LIMITS.failedAuthentications,
    )
    .option('--validate-responses', 'validate each response against the description before it is sent')
    .option('--metrics-port <number>', 'serve metrics for Prometheus on this port of 127.0.0.1', parsePort)
    .addOption(
      new Option('--log-level <level>', 'lowest level that is logged')
        .choices(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
        .default('info'),
    )
    .addHelpText(
      'after',
      '\nThe data is in an SQLite file in the data directory, or in PostgreSQL if DATABASE_URL is set.\n' +
        'Keys are hashed with the secret FIRSTOFFICER_API_SECRET. Default: the file `secret` in the data directory.',
    )
    .action(run);
}

// Bytes of the log that are written at once, because writing each line would take as long as the request. The log is also
// written every second and when the process ends.
const LOG_BUFFER = 4_096;
// Bytes of the log that are kept in memory while the log cannot be written, for example because the disk is full. Further
// lines are dropped.
const LOG_MAX_BUFFER = 16 * 1024 * 1024;

/** The server cannot listen with the given options. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

async function run({ port, host, logLevel, ...flags }: Flags, command: Command): Promise<void> {
  if ((flags.tlsCert === undefined) !== (flags.tlsKey === undefined)) {
    command.error('error: --tls-cert and --tls-key must be used together.', { exitCode: EXIT.usage });
  }
  const isEncrypted = flags.tlsCert !== undefined || flags.trustProxy !== undefined;
  if (isPublicAddress(host) && !isEncrypted && !flags.insecureHttp) {
    command.error(
      `error: plain HTTP on ${host} would send API keys unencrypted over the network. Pass --tls-cert and --tls-key, or --trust-proxy if a proxy terminates HTTPS, or --insecure-http to accept the risk.`,
      { exitCode: EXIT.usage },
    );
  }
  const tls = await readTls(flags);
  const logger = pino({ level: logLevel }, openLog());
  const api = await startApi({
    database: getLocation(flags),
    port,
    host,
    logger,
    limits: { failedAuthentications: flags.maxFailedAuth },
    ...(tls && { tls }),
    ...(flags.trustProxy !== undefined && { trustProxy: flags.trustProxy }),
    ...(flags.insecureHttp && { insecureHttp: true }),
    ...(flags.validateResponses && { validateResponses: true }),
    ...(flags.metricsPort !== undefined && { metricsPort: flags.metricsPort }),
  }).catch((error: NodeJS.ErrnoException) => {
    throw toListenError(error, { port, host });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void api.close());
  console.log(`firstofficer-api is ready on ${api.url}`);
  if (api.metricsUrl) console.log(`Metrics are on ${api.metricsUrl}`);
}

/** Opens standard output for the log. The server keeps running if the log cannot be written. */
function openLog(): DestinationStream {
  const destination = pino.destination({
    sync: false,
    minLength: LOG_BUFFER,
    maxLength: LOG_MAX_BUFFER,
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
  // pino calls flushSync when the process ends. It would repeat a failing write forever.
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
        throw new ListenError(`the file ${file} cannot be read (${code}). Check the path and its permissions.`);
      }),
    ),
  );
  return { cert: cert as Buffer, key: key as Buffer };
}

function toListenError(error: NodeJS.ErrnoException, requested: { port: number; host: string }): Error {
  const explanation = explainListenError(error, requested);
  if (explanation !== undefined) return new ListenError(explanation);
  if (!/^ERR_(OSSL|SSL|TLS|CRYPTO)/.test(error.code ?? '')) return error;
  return new ListenError(
    `the certificate or its key is invalid (${error.code}). Both must be in PEM format, and the key must belong to the certificate.`,
  );
}
