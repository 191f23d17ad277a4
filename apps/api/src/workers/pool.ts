import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Certificate } from '../server/create-server.ts';
import { passOnLostConnections } from './lost-connection.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** A worker process ended before it could serve requests. It has printed the reason. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('A worker process could not start. Its message says why.');
    this.exitCode = exitCode;
  }
}

/** Options of {@link createPool}. */
interface PoolOptions {
  readonly tls: Certificate | undefined;
  readonly logger: FastifyBaseLogger | undefined;
  /** Called for each message of a worker. */
  readonly onMessage: (message: FromWorker, worker: Worker) => void;
  /** Called when a worker has ended. */
  readonly onExit: (worker: Worker) => void;
}

/** Worker processes that are replaced when they end. */
export interface Pool {
  /** The running workers. */
  readonly workers: ReadonlySet<Worker>;
  /** Starts workers and returns the URL that they serve. */
  start(count: number): Promise<string>;
  /** Sends a message to all workers but one. */
  send(message: ToWorker, except?: Worker): void;
  /** Uses another certificate for new connections. */
  setCertificate(tls: Certificate): void;
  /** Stops all workers and waits until they have ended. */
  stop(isImmediate: boolean): Promise<void>;
}

// A worker that ends is replaced at once. If workers end again and again, the next one waits longer each time.
const MIN_WAIT_MS = 100;
const MAX_WAIT_MS = 5_000;
// A worker that ran for this time does not count as one that ends again and again.
const STABLE_MS = 60_000;
// How long a worker may take to close all connections.
const IMMEDIATE_MS = 1_000;

/** Creates a pool without workers. */
export function createPool({ tls, logger, onMessage, onExit }: PoolOptions): Pool {
  // Keeps certificates as bytes.
  cluster.setupPrimary({ serialization: 'advanced' });
  const workers = new Set<Worker>();
  const listening = new Set<Worker>();
  const stopping = new AbortController();
  let certificate = tls;
  let failures = 0;
  return {
    workers,
    async start(count) {
      // If the server cannot listen, only one worker prints the reason.
      const first = fork();
      const url = await waitUntilReady(first);
      const others = Array.from({ length: count - 1 }, fork);
      await Promise.all(others.map(waitUntilReady));
      for (const worker of workers) replaceAfterExit(worker);
      return url;
    },
    send,
    setCertificate(changed) {
      certificate = changed;
      send({ kind: 'certificate', tls: changed });
    },
    async stop(isImmediate) {
      stopping.abort();
      const exits = [...workers].map((worker) => once(worker, 'exit'));
      send({ kind: 'stop', isImmediate });
      if (isImmediate) {
        await Promise.race([Promise.all(exits), delay(IMMEDIATE_MS, undefined, { ref: false })]);
        for (const worker of workers) worker.process.kill('SIGKILL');
      }
      const codes = (await Promise.all(exits)).map(([code]) => code);
      if (codes.some((code) => code !== 0)) throw new Error('A worker process failed when it stopped.');
    },
  };

  function fork(): Worker {
    const worker = cluster.fork();
    // A message cannot be sent because the worker has ended, or the process cannot be started.
    worker.on('error', () => {});
    if (worker.process.pid === undefined) {
      throw new Error('The system cannot start another process. Raise its limits, or use fewer workers.');
    }
    workers.add(worker);
    passOnLostConnections(worker, listening);
    worker.on('message', (message: FromWorker) => onMessage(message, worker));
    worker.once('listening', () => void listening.add(worker));
    worker.once('exit', () => {
      workers.delete(worker);
      listening.delete(worker);
      onExit(worker);
    });
    worker.send({ kind: 'start', tls: certificate } satisfies ToWorker);
    return worker;
  }

  function send(message: ToWorker, except?: Worker): void {
    for (const worker of workers) if (worker !== except && worker.isConnected()) worker.send(message);
  }

  function replaceAfterExit(worker: Worker): void {
    const startedAt = performance.now();
    worker.once('exit', (code: number | null, signal: NodeJS.Signals | null) => {
      if (stopping.signal.aborted) return;
      logger?.error({ worker: worker.process.pid, code, signal }, 'worker exit');
      failures = performance.now() - startedAt < STABLE_MS ? failures + 1 : 1;
      void startAnother();
    });
  }

  async function startAnother(): Promise<void> {
    const wait = failures === 1 ? 0 : Math.min(MIN_WAIT_MS * 2 ** failures, MAX_WAIT_MS);
    // Rejects if the server is stopping.
    await delay(wait, undefined, { signal: stopping.signal }).catch(() => {});
    if (stopping.signal.aborted) return;
    try {
      replaceAfterExit(fork());
    } catch (error) {
      logger?.error({ err: error }, 'worker exit');
      failures += 1;
      void startAnother();
    }
  }
}

function waitUntilReady(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve(message.url);
    });
    worker.once('exit', (code: number | null) => reject(new WorkerError(code || 1)));
  });
}
