import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { listenInTest } from '@firstofficer/common/testing';
import { demandingCustomers } from '@firstofficer/contract';
import { describe, expect, test } from 'vitest';
import { seed } from '../src/seed.ts';
import { type Context, type DatabaseKind, databases, sqlite } from '../test/databases.ts';
import { runCommand, startCommand, startServeCommand, waitForExit } from '../test/run-command.ts';
import { authorize, expectConforming, importAll, openInTest, retrieve } from '../test/running-api.ts';

/** Starts a server with two workers and seeded data. */
async function startTwoWorkers(context: Context, kind: DatabaseKind, options: readonly string[] = []) {
  const location = await kind.create(context);
  const seeded = await seed(location, {});
  const serving = await startServeCommand(context, location, [
    ...['--workers', '2', '--metrics-port', '0', '--log-level', 'error', ...options],
  ]);
  const metricsUrl = /Metrics are on (\S+)/.exec((await serving.lines.next()).value ?? '')?.[1] ?? '';
  return { ...serving, ...seeded, location, metricsUrl };
}

/** A connection that sends one request after the other. */
function connectClient({ onTestFinished }: Context, url: string, key: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`${url}/v2/customers/cus_1234ABCD`, { agent, headers: authorize(key) }, (response) => {
        response.resume().on('end', () => resolve(response));
      }).on('error', reject);
    });
}

/** Opens connections one after the other, so that each worker gets the same number of them. */
async function connectClients(context: Context, url: string, key: string) {
  const clients = Array.from({ length: 10 }, () => connectClient(context, url, key));
  for (const send of clients) expect((await send()).statusCode).toBe(200);
  return clients;
}

/** Returns the number of requests to the API that the metrics contain. */
async function countRequests(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  const counts = text.matchAll(/^http_request_duration_seconds_count\{.*customer.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Returns the process IDs of the workers of a server. */
async function findWorkers({ pid }: ChildProcess): Promise<readonly number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').map(Number);
}

test('connections above the limit are closed, and the others still work', async (context) => {
  const { url, key } = await startTwoWorkers(context, sqlite);
  const send = connectClient(context, url, key);
  expect((await send()).statusCode).toBe(200);
  const { port, hostname } = new URL(url);
  let closed = 0;
  // The limit is 10,000 for both workers together. Several at a time, because the system's queue is short.
  for (let count = 0; count < 10_100; count += 100) {
    const sockets = Array.from({ length: 100 }, () => connect(Number(port), hostname));
    for (const socket of sockets) {
      context.onTestFinished(() => void socket.destroy());
      socket
        .on('error', () => {})
        .on('close', () => {
          closed += 1;
        });
    }
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  }
  while (closed < 100) {
    expect((await send()).statusCode).toBe(200);
    await nextTurn();
  }
});

test('a port that is in use is reported once', async (context) => {
  const { port } = await listenInTest(context, createServer());
  const location = await sqlite.create(context);
  const { code, stderr } = await runCommand(location, ['serve', '--port', String(port), '--workers', '2']);
  expect(code).toBe(4);
  expect(stderr).toMatch(new RegExp(`^firstofficer-api: port ${port} on 127.0.0.1 is already in use.*\n$`));
});

test('a signal to all processes stops the server as a signal to one of them', async (context) => {
  const { url, key, server } = await startTwoWorkers(context, sqlite);
  const workers = await findWorkers(server);
  const send = connectClient(context, url, key);
  expect((await send()).statusCode).toBe(200);
  // As Ctrl-C does.
  for (const pid of [...workers, server.pid ?? 0]) process.kill(pid, 'SIGINT');
  expect((await send()).statusCode).toBe(200);
  expect(await waitForExit(server)).toBe(0);
});

test('the workers end when the primary process is killed', async (context) => {
  const { server } = await startTwoWorkers(context, sqlite);
  const workers = await findWorkers(server);
  expect(workers.length).toBe(2);
  server.kill('SIGKILL');
  const isRunning = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (workers.some(isRunning)) await nextTurn();
});

test('the log lines of two workers are not mixed', async (context) => {
  const location = await sqlite.create(context);
  const { key } = await seed(location, {});
  const server = startCommand(location, ['serve', '--port', '0', '--workers', '2']);
  context.onTestFinished(() => void server.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface(server.stdout).on('line', (line) => lines.push(line));
  let url: string | undefined;
  while (url === undefined) {
    await once(reader, 'line');
    url = lines.flatMap((line) => /ready on (\S+)/.exec(line)?.[1] ?? [])[0];
  }
  const clients = await connectClients(context, url, key);
  for (let round = 0; round < 200; round += 1) await Promise.all(clients.map((send) => send()));
  server.kill('SIGTERM');
  expect(await waitForExit(server)).toBe(0);
  const requests = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  expect(requests.filter(({ msg }) => msg === 'request').length).toBe(2_010);
  expect(lines.filter((line) => !line.startsWith('{')).length).toBe(1);
});

describe.each(databases)('two workers on $name', (kind) => {
  test('pass the contract tests', async (context) => {
    const { url, key, accountId, location } = await startTwoWorkers(context, kind, ['--validate-responses']);
    await importAll(location, accountId, demandingCustomers);
    await expectConforming({ url, key }, 20_261_126);
  });

  test('count all requests, write the uses of keys, and reject a revoked key', async (context) => {
    const { url, key, metricsUrl, location, server } = await startTwoWorkers(context, kind);
    const clients = await connectClients(context, url, key);
    for (let round = 0; round < 20; round += 1) await Promise.all(clients.map((send) => send()));
    expect(await countRequests(metricsUrl)).toBe(210);

    const list = await runCommand(location, ['key', 'list']);
    const id = /^(\S+) .*seed$/m.exec(list.stdout)?.[1] ?? '';
    expect((await runCommand(location, ['key', 'revoke', id])).code).toBe(0);
    for (const send of clients) expect((await send()).statusCode).toBe(401);
    server.kill('SIGTERM');
    expect(await waitForExit(server)).toBe(0);
    const { query } = openInTest(context, location);
    expect(await query.selectFrom('api_keys').select('last_used_at').execute()).toEqual([
      { last_used_at: expect.any(Number) },
    ]);
  });

  // Only Linux lists the workers in a file.
  const testOnLinux = test.skipIf(process.platform !== 'linux');
  testOnLinux('a worker that is killed under load fails only its own requests, and is replaced', async (context) => {
    const { url, key, metricsUrl, lines, server } = await startTwoWorkers(context, kind);
    const clients = await connectClients(context, url, key);
    const before = await countRequests(metricsUrl);
    const [worker = expect.fail()] = await findWorkers(server);
    let isRunning = true;
    // The ID of a request begins with the process that answers it.
    const processIds = await Promise.all(
      clients.map(async (send) => String((await send()).headers['x-request-id']).split('-')[0]),
    );
    const results = clients.map(async (send, index) => {
      const errors: unknown[] = [];
      while (isRunning) await send().catch((error) => errors.push(error));
      return { processId: processIds[index], errors: errors.length };
    });
    process.kill(worker, 'SIGKILL');
    const line = (await lines.next()).value ?? '';
    expect(JSON.parse(line)).toMatchObject({ msg: 'worker exit', worker, signal: 'SIGKILL' });
    while ((await findWorkers(server)).length < 2) await nextTurn();
    isRunning = false;

    // No request fails after the client has connected again, and none waits forever.
    const failed = (await Promise.all(results)).filter(({ errors }) => errors > 0);
    expect(new Set(failed.map(({ errors }) => errors))).toEqual(new Set([1]));
    expect(new Set(failed.map(({ processId }) => processId)).size).toBe(1);
    expect(await countRequests(metricsUrl)).toBeGreaterThanOrEqual(before);
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });

  test('share the count of requests without a valid key', async (context) => {
    const { url, key } = await startTwoWorkers(context, kind, ['--max-failed-auth', '20']);
    const [first = expect.fail(), second = expect.fail()] = [1, 2].map(() => connectClient(context, url, 'fo_wrong'));
    // Each worker gets one of the two connections.
    for (const send of [first, second]) expect((await send()).statusCode).toBe(401);
    for (let count = 2; count <= 20; count += 1) expect((await first()).statusCode).toBe(401);
    expect((await first()).statusCode).toBe(429);

    let count = 1;
    while ((await second()).statusCode !== 429) {
      count += 1;
      await delay(200);
    }
    expect(count).toBeLessThan(20);
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });

  test('SIGTERM under load loses no request', async (context) => {
    const { url, key, server } = await startTwoWorkers(context, kind, ['--drain-delay', '1']);
    const clients = await connectClients(context, url, key);
    const finished = clients.map(async (send) => {
      for (;;) {
        const { statusCode, headers } = await send();
        expect(statusCode).toBe(200);
        if (headers.connection === 'close') return;
      }
    });
    server.kill('SIGTERM');
    while ((await fetch(`${url}/readyz`)).status === 200);
    await Promise.all(finished);
    expect(await waitForExit(server)).toBe(0);
  });
});
