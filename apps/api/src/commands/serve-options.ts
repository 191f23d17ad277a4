import { availableParallelism } from 'node:os';
import { createCommand, parseHost, parsePort } from '@firstofficer/common/command';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { MAX_REPLICA_LAG_MS } from '../database/replicas.ts';
import { LIMITS } from '../server/create-server.ts';
import { hasStripeKey } from '../stripe/thread/synced-accounts.ts';
import {
  type DataFlags,
  dataOption,
  EXIT,
  isPublicAddress,
  parseCount,
  parseOrigins,
  parseProxies,
  parseSeconds,
} from './options.ts';

/** The options of the command `serve`. */
export interface ServeFlags extends DataFlags {
  readonly port: number;
  readonly host: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly trustProxy?: string;
  readonly insecureHttp?: boolean;
  readonly allowOrigin?: readonly string[];
  readonly validateResponses?: boolean;
  readonly metricsPort?: number;
  readonly metricsHost: string;
  readonly maxFailedAuth: number;
  readonly drainDelay: number;
  readonly maxReplicaLag: number;
  readonly workers: number;
  readonly sync?: true;
  readonly logLevel: string;
}

/** Creates the command `serve` with its options, but without an action. */
export function createServeOptions(): Command {
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
    .addOption(
      new Option(
        '--allow-origin <url>',
        'origin of pages that may use the API in a browser, such as http://localhost:8080; may be repeated',
      )
        .argParser(parseOrigins)
        .env('FIRSTOFFICER_ALLOW_ORIGINS'),
    )
    .option(
      '--max-failed-auth <number>',
      'limit of requests without a valid key, per minute and client address; 0 means no limit',
      parseCount,
      LIMITS.failedAuthentications,
    )
    .option('--validate-responses', 'validate each response against the description before it is sent')
    .option('--metrics-port <number>', 'serve metrics for Prometheus on this port; 0 selects a free port', parsePort)
    .option(
      '--metrics-host <address>',
      'address to serve metrics on; everybody who can reach it can read them',
      parseHost,
      '127.0.0.1',
    )
    .option(
      '--drain-delay <seconds>',
      'time after SIGTERM in which /readyz answers 503 and new connections are still accepted',
      parseCount,
      0,
    )
    .option(
      '--max-replica-lag <seconds>',
      'how long a revoked key or an old value may stay valid on a replica of DATABASE_READ_URLS',
      parseSeconds,
      MAX_REPLICA_LAG_MS / 1_000,
    )
    .option(
      '--workers <number>',
      'number of processes that serve requests, to use several cores; auto is one for each core',
      parseWorkers,
      1,
    )
    .option('--sync', 'also keep the customers up to date with Stripe, as `sync --follow` does')
    .addOption(
      new Option('--log-level <level>', 'lowest level that is logged')
        .choices(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
        .default('info'),
    )
    .addHelpText(
      'after',
      '\nThe data is in an SQLite file in the data directory, or in PostgreSQL if DATABASE_URL is set.\n' +
        'DATABASE_READ_URLS: replicas of that database to read from, separated by commas.\n' +
        'Keys are hashed with the secret FIRSTOFFICER_API_SECRET. Default: the file `secret` in the data directory.\n' +
        '--sync needs a key of Stripe in FIRSTOFFICER_STRIPE_KEY. With several accounts, set FIRSTOFFICER_STRIPE_KEY_1\n' +
        'for account 1, and so on. FIRSTOFFICER_STRIPE_WEBHOOK_SECRET: serves POST /stripe/webhook/1 for account 1.\n' +
        'Signals: SIGTERM and SIGINT answer pending requests, then stop the server. A second one stops it at once.\n' +
        'SIGHUP reads --tls-cert and --tls-key again.',
    );
}

const MAX_WORKERS = 128;

function parseWorkers(value: string): number {
  if (value === 'auto') return Math.min(availableParallelism(), MAX_WORKERS);
  const count = parseCount(value);
  if (count < 1 || count > MAX_WORKERS) {
    throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_WORKERS}, or auto.`);
  }
  return count;
}

/** Exits with a message if options do not belong together. */
export function checkServeFlags({ host, ...flags }: ServeFlags, command: Command, env = process.env): void {
  if ((flags.tlsCert === undefined) !== (flags.tlsKey === undefined)) {
    command.error('error: --tls-cert and --tls-key must be used together.', { exitCode: EXIT.usage });
  }
  if (env.DATABASE_READ_URLS && !env.DATABASE_URL) {
    command.error('error: DATABASE_READ_URLS needs DATABASE_URL. Set it to the URL of the primary.', {
      exitCode: EXIT.usage,
    });
  }
  if (flags.sync && !hasStripeKey(env)) {
    command.error('error: --sync needs a key of Stripe. Set FIRSTOFFICER_STRIPE_KEY to a restricted key.', {
      exitCode: EXIT.usage,
    });
  }
  const isEncrypted = flags.tlsCert !== undefined || flags.trustProxy !== undefined;
  if (isPublicAddress(host) && !isEncrypted && !flags.insecureHttp) {
    command.error(
      `error: plain HTTP on ${host} would send API keys unencrypted over the network. Pass --tls-cert and --tls-key, or --trust-proxy if a proxy terminates HTTPS, or --insecure-http to accept the risk.`,
      { exitCode: EXIT.usage },
    );
  }
}
