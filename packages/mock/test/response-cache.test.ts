import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { cacheResponses } from '../src/cache.ts';
import type { PrismRequest, Respond } from '../src/prism.ts';
import { createResponse } from '../src/response.ts';
import { operations, PAIRS, pathOf } from './description.ts';
import { runningMock, send } from './running-mock.ts';

const [operation] = operations;
if (!operation) throw new Error('The description has no operation.');

const requestOf = (path: string): PrismRequest => ({ path, query: {}, headers: {}, body: undefined });
const respond = () => vi.fn<Respond>(async (_, { path }) => createResponse(200, {}, path));

test('a repeated request gets the same response', async () => {
  const mock = await runningMock();
  const targets = ['/v2/customers/nobody', '/v2/customers/%ZZ', ...PAIRS.map(({ path }) => path)];
  const answers = () => Promise.all(targets.map((target) => send(mock, target)));
  const withoutDate = (received: Awaited<ReturnType<typeof answers>>) =>
    received.map(({ headers: { date: _, ...headers }, ...rest }) => ({ ...rest, headers }));

  expect(withoutDate(await answers())).toEqual(withoutDate(await answers()));
});

test('requests with different preferences get different responses', async () => {
  const mock = await runningMock();
  const preferring = async (preference: string) =>
    (await send(mock, pathOf('stripe_id'), { headers: { Prefer: preference } })).text;
  const preferences = ['code=200', 'code=404', 'code=401', 'example=lost_customer', 'example=stripe_id', 'wait=1'];
  const first = await Promise.all(preferences.map(preferring));

  expect(new Set(first).size).toBe(4);
  expect(await Promise.all(preferences.map(preferring))).toEqual(first);
});

test('a thousand identifiers create one response, and each request is validated', async () => {
  const prism = { respond: respond(), isValid: vi.fn(async () => true) };
  const respondCached = cacheResponses(prism);
  for (let id = 0; id < 1_000; id += 1) await respondCached(operation, requestOf(`/${id}`), { status: '404' });

  expect(prism.respond).toHaveBeenCalledTimes(1);
  expect(prism.isValid).toHaveBeenCalledTimes(1_000);
});

test('the response to an invalid request is not cached, and an invalid request gets no cached response', async () => {
  const respondCached = cacheResponses({ respond: respond(), isValid: async (_, { path }) => path !== '/fault' });
  const payloads: string[] = [];
  for (const path of ['/fault', '/a', '/fault', '/b']) {
    payloads.push((await respondCached(operation, requestOf(path), { status: '200' })).payload);
  }

  expect(payloads).toEqual(['/fault', '/a', '/fault', '/a']);
});

test('an example named undefined or null differs from no example', async () => {
  const prism = { respond: respond(), isValid: async () => true };
  const respondCached = cacheResponses(prism);
  for (const example of ['undefined', undefined, 'null']) await respondCached(operation, requestOf('/'), { example });

  expect(prism.respond).toHaveBeenCalledTimes(3);
});

test('callbacks are sent for every request', async () => {
  const listener = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  onTestFinished(() => void listener.close());
  await once(listener, 'listening');
  const to = encodeURIComponent(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/`);
  const mock = await runningMock({ spec: fileURLToPath(new URL('shop.openapi.yaml', import.meta.url)) });

  for (const _ of ['first', 'second']) {
    const called = once(listener, 'request');
    expect(await send(mock, `/orders?to=${to}`)).toMatchObject({ status: 200, json: 'placed' });
    await called;
  }
  expect(await send(mock, '/orders')).toMatchObject({ status: 400, json: 'nobody' });
});
