import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { createClient } from '../src/index.ts';
import { countTimers } from './leaks.ts';
import { catchError, getCustomer, startServer } from './support.ts';

const REASON = new Error('The user left.');
const ABORTED = { code: 'aborted', cause: REASON };

describe('a call rejects with timeout', () => {
  test('if there is no response', async () => {
    const closed = vi.fn();
    const baseUrl = await startServer(({ socket }) => socket.on('close', closed));
    // Long enough for the request to arrive even on a busy machine: without a connection, nothing is closed.
    const { customers } = createClient({ token: 'key', baseUrl, timeout: 1000, maxRetries: 0 });

    expect(await catchError(customers.retrieve('x'))).toMatchObject({ code: 'timeout', attempts: 1 });
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), { timeout: 10_000 });
  });

  test('if the body stalls', async () => {
    const baseUrl = await startServer((_, response) => response.writeHead(200).write('{"object":'));
    const { customers, api } = createClient({ token: 'key', baseUrl, maxRetries: 0 });

    expect(await catchError(customers.retrieve('x', { timeout: 50 }))).toMatchObject({ code: 'timeout' });
    expect(await catchError(getCustomer(api, 'x', { timeout: 50 }))).toMatchObject({ code: 'timeout' });
  });

  test('if a custom fetch ignores its signal', async () => {
    const { customers } = createClient({
      token: 'key',
      fetch: () => new Promise(() => {}),
      timeout: 50,
      maxRetries: 0,
    });

    expect(await catchError(customers.retrieve('x'))).toMatchObject({ code: 'timeout' });
  });
});

describe("the caller's signal aborts the call with its reason", () => {
  test('before the request is sent', async () => {
    const fetch = vi.fn(async () => new Response('{"object":"customer"}'));
    const { customers } = createClient({ token: 'key', fetch });

    expect(await catchError(customers.retrieve('x', { signal: AbortSignal.abort(REASON) }))).toMatchObject(ABORTED);
    expect(fetch).not.toHaveBeenCalled();
  });

  test('before the response, and closes the connection', async () => {
    const controller = new AbortController();
    const closed = vi.fn();
    const baseUrl = await startServer(({ socket }) => {
      socket.on('close', closed);
      controller.abort(REASON);
    });
    const { customers } = createClient({ token: 'key', baseUrl });

    expect(await catchError(customers.retrieve('x', { signal: controller.signal }))).toMatchObject(ABORTED);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  test.each<[string, (response: ServerResponse, abort: () => void) => void]>([
    ['while the body is read', (response, abort) => response.write('{"object":', () => setImmediate(abort))],
    ['during the wait before a retry', (response) => response.writeHead(503, { 'Retry-After': '50' }).end()],
  ])('%s', async (_, respond) => {
    const controller = new AbortController();
    const abort = () => controller.abort(REASON);
    const received = vi.fn();
    const baseUrl = await startServer((request, response) => {
      received(request.url);
      respond(response, abort);
    });
    const { customers } = createClient({ token: 'key', baseUrl, onRetry: () => void setImmediate(abort) });

    expect(await catchError(customers.retrieve('x', { signal: controller.signal }))).toMatchObject(ABORTED);
    expect(received).toHaveBeenCalledOnce();
  });

  test('with the default reason of the platform', async () => {
    const { customers } = createClient({ token: 'key' });

    expect(await catchError(customers.retrieve('x', { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'aborted',
      cause: { name: 'AbortError' },
    });
  });

  test('which may be any value', async () => {
    const circular = new Error('The user left.');
    circular.cause = circular;
    const { customers } = createClient({ token: 'key', fetch: () => new Promise(() => {}) });
    for (const reason of [circular, 'left', null, 7, Object.create(null)]) {
      const error = await catchError(customers.retrieve('x', { signal: AbortSignal.abort(reason) }));
      expect(error).toMatchObject({ code: 'aborted', message: 'The call was aborted.' });
      expect(error.cause).toBe(reason);
    }
  });

  test('and does not abort other calls', async () => {
    const controller = new AbortController();
    const baseUrl = await startServer(({ url = '' }, response) => {
      if (url.endsWith('/first')) controller.abort();
      else response.end('{"object":"customer"}');
    });
    const { customers } = createClient({ token: 'key', baseUrl });
    const [first, second] = await Promise.allSettled([
      customers.retrieve('first', { signal: controller.signal }),
      customers.retrieve('second'),
    ]);

    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });
});

test('a call leaves no listener on the signal and no timer, however it ends', async () => {
  const { signal } = new AbortController();
  const baseUrl = await startServer(({ url = '' }, response) => {
    if (url.endsWith('/success')) response.end('{"object":"customer"}');
    else if (url.endsWith('/error')) response.writeHead(404).end();
    else if (url.endsWith('/retry')) response.writeHead(503, { 'Retry-After': '0' }).end();
    else if (url.endsWith('/close')) response.destroy();
  });
  const { customers } = createClient({ token: 'key', baseUrl, maxRetries: 1 });
  const before = countTimers();
  const endings = ['success', 'error', 'retry', 'close'];
  await Promise.allSettled([
    ...endings.map((ending) => customers.retrieve(ending, { signal })),
    customers.retrieve('timeout', { signal, timeout: 100 }),
  ]);

  expect(getEventListeners(signal, 'abort')).toEqual([]);
  // Node itself has one timer for keep-alive connections.
  expect(countTimers() - before).toBeLessThanOrEqual(1);
});

test('concurrent calls share one listener on the signal', async () => {
  const controller = new AbortController();
  const arrived: unknown[] = [];
  const baseUrl = await startServer((_, response) => {
    if (arrived.push(response) === 50) controller.abort(REASON);
  });
  const { customers } = createClient({ token: 'key', baseUrl });
  const calls = Array.from({ length: 50 }, () => catchError(customers.retrieve('x', { signal: controller.signal })));

  await vi.waitFor(() => expect(arrived.length).toBeGreaterThan(0));
  expect(getEventListeners(controller.signal, 'abort').length).toBeLessThanOrEqual(1);
  expect(await Promise.all(calls)).toEqual(Array(50).fill(expect.objectContaining(ABORTED)));
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test.each<unknown>([new AbortController(), {}, { addEventListener: 1 }, 'abort', '', true, false, 0, 7, Symbol('a')])(
  'an invalid signal rejects with invalid_argument: %s',
  async (signal) => {
    const { customers } = createClient({ token: 'key', fetch: () => expect.unreachable('nothing should be sent') });

    expect(await catchError(customers.retrieve('x', { signal: signal as AbortSignal }))).toMatchObject({
      code: 'invalid_argument',
      param: 'signal',
    });
  },
);

test('null means no signal, as in fetch', async () => {
  const { customers } = createClient({ token: 'key', fetch: async () => new Response('{"object":"customer"}') });

  await expect(customers.retrieve('x', { signal: null })).resolves.toEqual({ object: 'customer' });
});

test('the default time limit of an attempt is 30 seconds', async () => {
  const setTimeout = vi.spyOn(globalThis, 'setTimeout');
  const { customers } = createClient({ token: 'key', fetch: async () => new Response('{"object":"customer"}') });
  await customers.retrieve('x');

  expect(setTimeout.mock.calls.map(([, ms]) => ms)).toEqual([30_000]);
  setTimeout.mockRestore();
});
