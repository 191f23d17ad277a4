import type { Socket } from 'node:net';
import { describe, expect, type TestContext, test } from 'vitest';
import { NoResponseError } from '../../src/http/failure.ts';
import { type Connection, openConnection, StoppedError } from '../../src/run/connection.ts';
import { localServer, rawServer } from '../local-server.ts';

const UNUSED = 'http://127.0.0.1:9';
const GET = { method: 'GET', target: '/', headers: [] };

function connectTo({ onTestFinished }: TestContext, url: string): Connection {
  const connection = openConnection(url, { timeLimitMs: 30_000, concurrency: 4, rate: undefined });
  onTestFinished(() => connection.close());
  return connection;
}

/** Sends requests one after another. Returns the status or the class of the error of each. */
async function sendAll(connection: Connection, count: number): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    all.push(
      await connection.send(GET).then(
        ({ status }) => status,
        (error: Error) => error.constructor,
      ),
    );
  }
  return all;
}

describe('the run stops', () => {
  test('after the target refuses three connections in a row', async (context) => {
    const connection = connectTo(context, UNUSED);

    expect(await sendAll(connection, 4)).toEqual([NoResponseError, NoResponseError, NoResponseError, StoppedError]);
    await expect(connection.sendRaw(GET)).rejects.toThrow('the target is gone: nothing listens there (ECONNREFUSED)');
  });

  test('after raw requests that are refused, too', async (context) => {
    const connection = connectTo(context, UNUSED);
    await sendAll(connection, 2);

    await expect(connection.sendRaw(GET)).rejects.toThrow(NoResponseError);
    await expect(connection.send(GET)).rejects.toThrow(StoppedError);
  });

  test('after 25 requests without a response, even if others had one', async (context) => {
    const url = await localServer(context, ({ url: target }, response) =>
      target === '/' ? response.destroy() : response.end(),
    );
    const connection = connectTo(context, url);
    await sendAll(connection, 24);
    expect((await connection.send({ ...GET, target: '/answered' })).status).toBe(200);

    expect(await sendAll(connection, 2)).toEqual([NoResponseError, StoppedError]);
    await expect(connection.send(GET)).rejects.toThrow(
      '25 requests had no response, the last because the connection was dropped (ECONNRESET)',
    );
  });

  test('without sending the requests that wait in the queue', async (context) => {
    const connection = connectTo(context, UNUSED);
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => connection.send(GET)));
    const errors = all.map((one) => (one.status === 'rejected' ? (one.reason as Error).constructor : undefined));

    // All concurrent requests may have been sent before the third one failed.
    expect(errors.filter((one) => one === NoResponseError).length).toBeLessThanOrEqual(6);
    expect(errors.at(-1)).toBe(StoppedError);
  });
});

test('close ends raw requests at once, even if a part of the response has arrived', async (context) => {
  const sockets = new Set<Socket>();
  const url = await rawServer(context, (socket) => {
    sockets.add(socket.resume().once('close', () => sockets.delete(socket)));
    if (sockets.size > 1) socket.write('HTTP/1.1 200 OK\r\n\r\n');
  });
  const connection = connectTo(context, url);
  const requests = Promise.allSettled([connection.sendRaw(GET), connection.sendRaw(GET)]);
  await expect.poll(() => sockets.size).toBe(2);
  connection.close();

  for (const request of await requests) {
    expect(request).toMatchObject({ status: 'rejected', reason: { message: 'the run was stopped' } });
  }
  await expect.poll(() => sockets.size).toBe(0);
  await expect(connection.sendRaw(GET)).rejects.toThrow(StoppedError);
});

test('measures the time of a request without its time in the queue', async (context) => {
  const clock = { time: 0 };
  // Each response takes a second by this clock.
  const url = await localServer(context, (_, response) => {
    clock.time += 1000;
    response.end();
  });
  const connection = openConnection(
    url,
    { timeLimitMs: 30_000, concurrency: 1, rate: undefined },
    {
      now: () => clock.time,
      wait: async () => {},
    },
  );
  context.onTestFinished(() => connection.close());
  const exchanges = await Promise.all(Array.from({ length: 3 }, () => connection.send(GET)));

  expect(exchanges.map(({ durationMs }) => durationMs)).toEqual([1000, 1000, 1000]);
});

describe('a pause', () => {
  /** Opens a connection with a clock that only `wait` moves. Returns how long the connection waited. */
  function connectWithClock({ onTestFinished }: TestContext, url: string) {
    const waits: number[] = [];
    const clock = {
      now: () => waits.reduce((sum, ms) => sum + ms, 0),
      wait: async (ms: number) => void waits.push(ms),
    };
    const connection = openConnection(url, { timeLimitMs: 30_000, concurrency: 4, rate: undefined }, clock);
    onTestFinished(() => connection.close());
    return { connection, waits };
  }
  const limited = (retryAfter?: string) => ({
    status: 429,
    headers: retryAfter === undefined ? [] : ([['Retry-After', retryAfter]] as const),
  });

  test.for([
    ['0', true, []],
    ['30', true, [30_000]],
    [undefined, true, [1000]],
    ['Fri, 01 Apr 2016 08:00:00 GMT', true, []],
    ['31', false, []],
    ['0.5', false, []],
    ['', false, []],
    ['soon', false, []],
  ] as const)('after Retry-After: %s is asked for: %s', async ([value, isAskedFor, expected], context) => {
    const url = await localServer(context, (_, response) => response.end());
    const { connection, waits } = connectWithClock(context, url);

    expect(connection.pauseAfter(limited(value), 1)).toBe(isAskedFor);
    await connection.send(GET);
    expect(waits).toEqual(expected);
  });

  test('is not asked for by a 503 without Retry-After', (context) => {
    expect(connectWithClock(context, UNUSED).connection.pauseAfter({ status: 503, headers: [] }, 1)).toBe(false);
  });

  test.for([
    ['1', 10],
    ['30', 2],
  ] as const)('after Retry-After: %s happens %i times for one request', ([value, times], context) => {
    const { connection } = connectWithClock(context, UNUSED);
    const attempts = Array.from({ length: times + 1 }, (_, index) => index + 1);

    expect(attempts.map((attempt) => connection.pauseAfter(limited(value), attempt))).toEqual([
      ...Array.from({ length: times }, () => true),
      false,
    ]);
  });

  test('does not happen after three requests that were refused in spite of their pauses', (context) => {
    const { connection } = connectWithClock(context, UNUSED);

    expect([11, 11, 11, 1].map((attempts) => connection.pauseAfter(limited('1'), attempts))).toEqual(
      Array.from({ length: 4 }, () => false),
    );
  });

  test('ends when the connection is closed', async (context) => {
    const connection = connectTo(context, UNUSED);
    connection.pauseAfter(limited('30'), 1);
    const request = connection.send(GET);
    connection.close();

    await expect(request).rejects.toThrow('the run was stopped');
  });
});
