import cluster from 'node:cluster';
import { readFile } from 'node:fs/promises';
import { explainListenError } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { type Logger, pino } from 'pino';
import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { withDatabase } from '../database/open.ts';
import type { Certificate } from '../server/create-server.ts';
import { type Api, type ApiOptions, startApi } from '../start.ts';
import { type KeepSyncedOptions, keepSynced } from '../stripe/thread/keep-synced.ts';
import { findSyncedAccounts } from '../stripe/thread/synced-accounts.ts';
import { startWorkers } from '../workers/primary.ts';
import { runWorker } from '../workers/worker.ts';
import { openLog } from './log.ts';
import { EXIT, findStripeUrl, getLocation } from './options.ts';
import { checkServeFlags, createServeOptions, type ServeFlags } from './serve-options.ts';

export function createServeCommand(): Command {
  return createServeOptions().action(run);
}

const STANDARD_OUTPUT = 1;
// Bytes of the log that are written at once. The log is also written every second and when the process ends.
const LOG_BLOCK = 16 * 1024;
// Workers write to the same pipe.
const SHARED_LOG_BLOCK = 4_096;

/** The server cannot listen with the given options. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

async function run(flags: ServeFlags, command: Command): Promise<void> {
  checkServeFlags(flags, command);
  const logger = pino(
    { level: flags.logLevel },
    openLog(STANDARD_OUTPUT, flags.workers === 1 ? LOG_BLOCK : SHARED_LOG_BLOCK),
  );
  const options = {
    database: getLocation(flags),
    port: flags.port,
    host: flags.host,
    logger,
    drainMs: flags.drainDelay * 1_000,
    maxReplicaLagMs: flags.maxReplicaLag * 1_000,
    limits: { failedAuthentications: flags.maxFailedAuth },
    ...(flags.trustProxy !== undefined && { trustProxy: flags.trustProxy }),
    ...(flags.insecureHttp && { insecureHttp: true }),
    ...(flags.allowOrigin && { allowOrigins: new Set(flags.allowOrigin) }),
    ...(flags.validateResponses && { validateResponses: true }),
  };
  try {
    if (cluster.isWorker) await runWorker(flags.workers, options);
    else await runServer(flags, options);
  } catch (error) {
    throw toListenError(error as NodeJS.ErrnoException, flags);
  }
}

/** Starts the server, in this process or with workers, and prints its URL. */
async function runServer(flags: ServeFlags, options: ApiOptions & { readonly logger: Logger }): Promise<void> {
  const tls = await readCertificate(flags);
  const serverOptions: ApiOptions = {
    ...options,
    metricsHost: flags.metricsHost,
    ...(flags.metricsPort !== undefined && { metricsPort: flags.metricsPort }),
    ...(tls && { tls }),
  };
  const { logger } = options;
  // Before the server listens, because the keys or the URL may be invalid.
  const accounts = flags.sync ? await withDatabase(options.database, findAccounts) : [];
  const url = flags.sync ? findStripeUrl(process.env) : undefined;
  const server = await (flags.workers === 1 ? startApi(serverOptions) : startWorkers(flags.workers, serverOptions));
  const syncOptions = { location: options.database, accounts, logger, ...(url !== undefined && { url }) };
  const api = flags.sync ? addSync(server, syncOptions) : server;
  stopOnSignals(api, logger);
  // A terminal that is closed sends SIGHUP as well, and should end a server that has no certificate to read again.
  if (tls || !process.stdout.isTTY) process.on('SIGHUP', () => void reloadCertificate(api, flags, logger));
  console.log(`firstofficer-api is ready on ${api.url}`);
  if (api.metricsUrl) console.log(`Metrics are on ${api.metricsUrl}`);
}

const findAccounts = (database: Database) => findSyncedAccounts(database, process.env);

/** Keeps accounts up to date with Stripe until the server stops. */
function addSync(api: Api, options: KeepSyncedOptions): Api {
  const sync = keepSynced(options);
  return {
    ...api,
    async close({ isImmediate = false } = {}) {
      const closing = sync.close();
      await Promise.all([api.close({ isImmediate }), ...(isImmediate ? [] : [closing])]);
    },
  };
}

/** Stops the server when a signal arrives. A second signal closes all connections at once. */
function stopOnSignals(api: Api, logger: Logger): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    logger.info({ signal }, 'stopping');
    const isImmediate = isStopping;
    isStopping = true;
    api
      .close({ isImmediate })
      .catch((error: unknown) => {
        logger.error({ err: error }, 'failed');
        process.exitCode = EXIT.failed;
      })
      .finally(() => {
        // A collector of traces that does not answer would still keep the process running.
        if (isImmediate) process.exit();
      });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}

/** Reads the certificate again. If that fails, the server keeps the old one. */
async function reloadCertificate(api: Api, flags: ServeFlags, logger: Logger): Promise<void> {
  try {
    const certificate = await readCertificate(flags);
    if (certificate) api.setCertificate(certificate);
    logger.info(certificate ? 'reloaded the certificate' : 'nothing to reload: the server has no certificate');
  } catch (error) {
    const { message } = toListenError(error as NodeJS.ErrnoException, flags);
    logger.error({ fault: message }, 'reload failed, the server keeps its certificate');
  }
}

async function readCertificate({ tlsCert, tlsKey }: ServeFlags): Promise<Certificate | undefined> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const [cert, key] = await Promise.all([readPem(tlsCert), readPem(tlsKey)]);
  return { cert, key };
}

function readPem(file: string): Promise<Buffer> {
  return readFile(file).catch(({ code }: NodeJS.ErrnoException) => {
    throw new ListenError(`the file ${file} cannot be read (${code}). Check the path and its permissions.`);
  });
}

function toListenError(error: NodeJS.ErrnoException, requested: ServeFlags): Error {
  // A database may have the same error codes.
  if (error instanceof DatabaseError) return error;
  const explanation = explainListenError(error, requested);
  if (explanation !== undefined) {
    const isForMetrics = 'port' in error && error.port === requested.metricsPort && error.port !== requested.port;
    return new ListenError(isForMetrics ? explanation.replaceAll(/--(?=port|host)/g, '--metrics-') : explanation);
  }
  if (!/^ERR_(OSSL|SSL|TLS|CRYPTO)/.test(error.code ?? '')) return error;
  return new ListenError(
    `the certificate or its key is invalid (${error.code}). Both must be in PEM format, and the key must belong to the certificate.`,
  );
}
