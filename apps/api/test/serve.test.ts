import { readdir, readlink } from 'node:fs/promises';
import { Agent, get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { listenInTest } from '@firstofficer/common/testing';
import { sql } from 'kysely';
import { generate } from 'selfsigned';
import { describe, expect, test, vi } from 'vitest';
import type { Database } from '../src/database/database.ts';
import type { DatabaseLocation } from '../src/database/open.ts';
import { createMetrics, createMetricsServer } from '../src/server/monitoring.ts';
import { databases } from './databases.ts';
import {
  authorize,
  formatRequest,
  openInTest,
  retrieve,
  sendRaw,
  startSeededApi,
  startTestApi,
} from './running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('with a certificate, the server speaks HTTPS and rejects plain HTTP', async (context) => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
    const tls = { cert: Buffer.from(cert), key: Buffer.from(key) };
    const api = await startSeededApi(context, kind, { tls });
    const body = await new Promise<string>((resolve, reject) => {
      const options = { headers: authorize(api.key), rejectUnauthorized: false };
      getHttps(`${api.url}/v2/customers/cus_1234ABCD`, options, (response) => resolve(text(response))).on(
        'error',
        reject,
      );
    });

    expect(api.url).toMatch(/^https:/);
    expect(JSON.parse(body)).toMatchObject({ id: 1_340_573 });
    const plain = await sendRaw(api.url, formatRequest('/v2/customers/cus_1234ABCD', authorize(api.key)));
    expect(plain.text).not.toContain('1340573');
  });

  test('a server that cannot start leaves no connection to the database', async (context) => {
    const location = await kind.create(context);
    const database = openInTest(context, location);
    const invalid = { cert: Buffer.from('x'), key: Buffer.from('x') };
    await expect(startTestApi(context, { database: location, tls: invalid })).rejects.toThrow();
    await expect(startTestApi(context, { database: location, host: '192.0.2.1' })).rejects.toThrow('EADDRNOTAVAIL');
    await expect(startTestApi(context, { database: location, host: 'name.invalid' })).rejects.toThrow('name.invalid');

    await vi.waitFor(async () => expect(await countConnections(database, location)).toBe(1));
  });

  test('on localhost, the server listens on one address', async (context) => {
    const { url, key } = await startSeededApi(context, kind, { host: 'localhost' });
    const { hostname, port } = new URL(url);
    for (const request of [
      formatRequest('/', {}, 'CONNECT'),
      formatRequest('/', { Expect: 'something' }),
      'NONSENSE\r\n\r\n',
    ]) {
      expect((await sendRaw(url, request)).text).toContain('application/json');
    }
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
    const other = hostname === '127.0.0.1' ? '[::1]' : '127.0.0.1';
    await expect(fetch(`http://${other}:${port}/healthz`)).rejects.toThrow('fetch failed');
  });

  test('a server that stops under load answers every request and closes its connections', async (context) => {
    const api = await startSeededApi(context, kind, {
      // Longer than a second: Node's client stops using a connection one second before its keep-alive time ends.
      limits: { keepAliveMs: 5_000 },
    });
    let answered = 0;
    /** Sends requests over one connection until the server asks to close it. */
    const client = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      context.onTestFinished(() => agent.destroy());
      for (;;) {
        const response = await new Promise<IncomingMessage>((resolve, reject) => {
          getHttp(`${api.url}/v2/customers/cus_1234ABCD`, { agent, headers: authorize(api.key) }, (incoming) => {
            incoming.resume().on('end', () => resolve(incoming));
          }).on('error', reject);
        });
        expect(response.statusCode).toBe(200);
        answered += 1;
        if (response.headers.connection === 'close') return;
      }
    };
    const clients = Array.from({ length: 20 }, client);
    while (answered < 500) await new Promise((resolve) => setImmediate(resolve));
    const closed = api.close();
    await Promise.all(clients);
    await closed;

    await expect(retrieve(api.url, api.key, 'cus_1234ABCD')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  test('metrics contain route, method and status of every request, but no keys or identifiers', async (context) => {
    const { url, metricsUrl = '', key } = await startSeededApi(context, kind, { metricsPort: 0 });
    for (const identifier of ['cus_1234ABCD', 'jane@example.com', 'x'.repeat(1_025)]) {
      await (await retrieve(url, key, identifier)).text();
      await (await retrieve(url, 'fo_wrong', identifier)).text();
    }
    await (await fetch(`${url}/unknown/jane`, { headers: { Authorization: `Token token="${key}"` } })).text();
    const text = await (await fetch(metricsUrl)).text();

    const counts = new Map(
      [...text.matchAll(/^http_request_duration_seconds_count\{(.*)\} (\d+)$/gm)].map(([, labels, number]) => [
        labels,
        Number(number),
      ]),
    );
    expect(Object.fromEntries(counts)).toEqual({
      'method="GET",route="/v2/customers/:customer",status="200"': 1,
      'method="GET",route="/v2/customers/:customer",status="404"': 1,
      'method="GET",route="/v2/customers/:customer",status="400"': 1,
      'method="GET",route="/v2/customers/:customer",status="401"': 3,
      'method="GET",route="none",status="404"': 1,
    });
    expect(text).toMatch(/^firstofficer_failed_authentications_total 3$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    for (const secret of [key, 'fo_wrong', 'cus_', 'jane', 'xxx']) expect(text).not.toContain(secret);
  });
});

test('the server answers 500 if it cannot collect the metrics, and keeps running', async (context) => {
  let isBroken = true;
  const metrics = createMetrics();
  const server = createMetricsServer({
    ...metrics,
    format: () => (isBroken ? Promise.reject(new Error('broken')) : metrics.format()),
  });
  const url = `${(await listenInTest(context, server)).url}/metrics`;

  const failed = await fetch(url);
  expect(failed.status).toBe(500);
  expect(await failed.json()).toMatchObject({ error: { type: 'api_error' } });
  isBroken = false;
  expect((await fetch(url)).status).toBe(200);
});

/** Counts the open connections to a database. Those to SQLite are open files of this process. */
async function countConnections({ query }: Database, { url, directory }: DatabaseLocation): Promise<number> {
  if (url !== undefined) {
    const statement = sql<{ count: number }>`
      select count(*)::integer as count from pg_stat_activity where datname = current_database()`;
    return (await statement.execute(query)).rows[0]?.count ?? 0;
  }
  const files = (await readdir('/proc/self/fd')).map((file) => readlink(join('/proc/self/fd', file)).catch(() => ''));
  return (await Promise.all(files)).filter((file) => file === join(directory, 'customers.db')).length;
}
