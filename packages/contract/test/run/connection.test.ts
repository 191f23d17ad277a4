import { describe, expect, type TestContext, test } from 'vitest';
import { NoResponseError } from '../../src/http/failure.ts';
import { type Connection, openConnection, StoppedError } from '../../src/run/connection.ts';
import { localServer } from '../local-server.ts';

const NOWHERE = 'http://127.0.0.1:9';
const GET = { method: 'GET', target: '/', headers: [] };

function linkTo({ onTestFinished }: TestContext, url: string): Connection {
  const connection = openConnection(url, { timeLimitMs: 30_000, concurrency: 4, rate: undefined });
  onTestFinished(() => connection.close());
  return connection;
}

/** Sends requests one after another and returns their results. */
async function outcomes(connection: Connection, count: number): Promise<unknown[]> {
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
    const connection = linkTo(context, NOWHERE);

    expect(await outcomes(connection, 4)).toEqual([NoResponseError, NoResponseError, NoResponseError, StoppedError]);
    await expect(connection.sendRaw(GET)).rejects.toThrow('the target is gone: nothing listens there (ECONNREFUSED)');
  });

  test('also for raw requests', async (context) => {
    const connection = linkTo(context, NOWHERE);
    await outcomes(connection, 2);

    await expect(connection.sendRaw(GET)).rejects.toThrow(NoResponseError);
    await expect(connection.send(GET)).rejects.toThrow(StoppedError);
  });

  test('after 25 requests without a response, even if others had one', async (context) => {
    const url = await localServer(context, ({ url: target }, response) =>
      target === '/' ? response.destroy() : response.end(),
    );
    const connection = linkTo(context, url);
    await outcomes(connection, 24);
    expect((await connection.send({ ...GET, target: '/well' })).status).toBe(200);

    expect(await outcomes(connection, 2)).toEqual([NoResponseError, StoppedError]);
    await expect(connection.send(GET)).rejects.toThrow(
      '25 requests had no response, the last because the connection was dropped (ECONNRESET)',
    );
  });

  test('and sends no request that waits in the queue', async (context) => {
    const connection = linkTo(context, NOWHERE);
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => connection.send(GET)));
    const errors = all.map((one) => (one.status === 'rejected' ? (one.reason as Error).constructor : undefined));

    // All concurrent requests may have been sent before the third one failed.
    expect(errors.filter((one) => one === NoResponseError).length).toBeLessThanOrEqual(6);
    expect(errors.at(-1)).toBe(StoppedError);
  });
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
