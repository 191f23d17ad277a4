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
  const connection = openConnection(url, { timeLimitMs: 30_000, concurrency: 1, rate: undefined }, () => clock.time);
  context.onTestFinished(() => connection.close());
  const exchanges = await Promise.all(Array.from({ length: 3 }, () => connection.send(GET)));

  expect(exchanges.map(({ durationMs }) => durationMs)).toEqual([1000, 1000, 1000]);
});
