import { randomUUID } from 'node:crypto';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { type PostgresServer, PostgresUnavailableError, startPostgres } from '@firstofficer/postgres';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { seed } from '../src/seed.ts';
import type { ApiOptions } from '../src/start.ts';
import type { Context } from './databases.ts';
import { runSql } from './postgres-server.ts';
import { startProxy } from './proxy.ts';
import { startTestApi } from './running-api.ts';

/** The maximum lag of a replica. In a test, it passes only by {@link skipTime}. */
export const MAX_LAG_MS = 3_600_000;
const CHECK_INTERVAL_MS = 1_000;

/** Starts PostgreSQL with a standby. Returns undefined if the binaries do not run on this machine. */
export async function startStandbyPair(): Promise<PostgresServer | undefined> {
  return startPostgres({ standby: true }).catch((error: unknown) => {
    if (error instanceof PostgresUnavailableError && !process.env.REQUIRE_POSTGRES) return undefined;
    throw error;
  });
}

/**
 * Starts proxies to a primary and its standby, and a server that reads from the standby. Its checks of the standby run only
 * when the test waits for a message of the log.
 */
export async function startReplicatedApi(context: Context, server: PostgresServer | undefined) {
  if (!server) return context.skip('the PostgreSQL binaries do not run on this machine');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  context.onTestFinished(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  await runSql(server.url, `create database ${database}`);
  const directory = await createTemporaryFolder(context);
  const url = changeDatabase(server.url, database);
  const seeded = await seed({ directory, url }, {});
  const standbyUrl = changeDatabase(server.standbyUrl ?? '', database);
  const primary = await startProxy(context, new URL(url));
  const standby = await startProxy(context, new URL(standbyUrl));
  const location = { directory, url: primary.url, readUrls: [standby.url] };
  return {
    ...seeded,
    location,
    primary,
    standby,
    ...(await startLoggingApi(context, { database: location })),
    url,
    standbyUrl,
  };
}

/** Starts a server whose log a test can wait for. */
export async function startLoggingApi(context: Context, options: ApiOptions) {
  const lines: { readonly msg: string; readonly replica?: number; readonly code?: string }[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const api = await startTestApi(context, { maxReplicaLagMs: MAX_LAG_MS, logger, ...options });
  return {
    api,
    /**
     * Waits until the log contains this message for a number of replicas since the last call.
     *
     * @returns The codes of these lines.
     */
    async waitFor(message: string, replicas = [1]) {
      const find = () => lines.flatMap(({ msg, replica }) => (msg === message ? [replica] : []));
      const check = () => {
        const found = find();
        if (found.length < replicas.length) vi.advanceTimersByTime(CHECK_INTERVAL_MS);
        return found.toSorted();
      };
      await expect.poll(check, { timeout: 10_000, interval: 20 }).toEqual(replicas);
      const codes = lines.filter(({ msg }) => msg === message).map(({ code }) => code);
      lines.length = 0;
      return codes;
    },
  };
}

/** Lets the clock of this process show a later time. */
export function skipTime(ms: number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ms);
}

function changeDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
