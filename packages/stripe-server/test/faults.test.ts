import { expect, onTestFinished, test, vi } from 'vitest';
import { createStripeServer, type StripeObject, type StripeServerOptions } from '../src/index.ts';

const NOW = 1_790_000_000;

async function start(options: StripeServerOptions = {}) {
  const customers = ['cus_1', 'cus_2'].map((id) => ({ id, object: 'customer', created: NOW, livemode: false }));
  const server = await createStripeServer(customers, { now: NOW, ...options });
  onTestFinished(() => server.close());
  return server;
}

function send({ url }: { url: string }, path = '/v1/customers', signal?: AbortSignal) {
  return fetch(url + path, { headers: { Authorization: 'Bearer rk_test_key' }, ...(signal && { signal }) });
}

test('a 429 has the headers of the limit only if they are given', async () => {
  const server = await start();
  server.fail({ status: 429 });
  server.fail({ status: 429, reason: 'endpoint-rate', retryAfter: 3, shouldRetry: true });
  const [first, second, third] = [await send(server), await send(server), await send(server)];
  expect([first.status, second.status, third.status]).toEqual([429, 429, 200]);
  expect(first.headers.get('Retry-After')).toBeNull();
  expect(first.headers.get('Stripe-Rate-Limited-Reason')).toBeNull();
  expect(second.headers.get('Retry-After')).toBe('3');
  expect(second.headers.get('Stripe-Rate-Limited-Reason')).toBe('endpoint-rate');
  expect(second.headers.get('Stripe-Should-Retry')).toBe('true');
  expect(await second.json()).toMatchObject({ error: { code: 'rate_limit' } });
});

test('a fault has a path, begins after a number of requests and lasts for a number of requests', async () => {
  const server = await start();
  server.fail({ status: 500 }, { path: /customers/, after: 1, times: 2 });
  expect((await send(server, '/v1/invoices')).status).toBe(200);
  const statuses = [];
  for (let index = 0; index < 4; index += 1) statuses.push((await send(server)).status);
  expect(statuses).toEqual([200, 500, 500, 200]);
  server.fail({ status: 500 }, { times: 100 });
  server.clearFaults();
  expect((await send(server)).status).toBe(200);
});

test('a connection is cut before the headers or in the body', async () => {
  const server = await start();
  server.fail({ cut: 'before' });
  await expect(send(server)).rejects.toThrow('fetch failed');
  server.fail({ cut: 'body' });
  const response = await send(server);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow('terminated');
  expect(server.requests.map(({ status }) => status)).toEqual([0, 200]);
});

test('a body stalls until the client ends the request', async () => {
  const server = await start();
  server.fail({ stall: true });
  const client = new AbortController();
  const response = await send(server, '/v1/customers', client.signal);
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
  client.abort();
  await expect(reader?.read()).rejects.toThrow('aborted');
});

test('a response waits for a promise', async () => {
  const server = await start();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.fail({ wait: promise });
  const order: string[] = [];
  const slow = send(server).then(() => order.push('slow'));
  await send(server, '/v1/invoices');
  order.push('fast');
  resolve();
  await slow;
  expect(order).toEqual(['fast', 'slow']);
});

test('a body is replaced, and a page contains each object twice', async () => {
  const server = await start();
  server.fail({ body: '<html>' });
  server.fail({ repeat: true });
  expect(await (await send(server)).text()).toBe('<html>');
  const { data } = (await (await send(server)).json()) as { data: StripeObject[] };
  expect(data.map(({ id }) => id)).toEqual(['cus_2', 'cus_1', 'cus_2', 'cus_1']);
});

test('objects change between two pages', async () => {
  const server = await start();
  server.onRequest(({ params }) => {
    if (params.starting_after) server.put({ id: 'cus_3', object: 'customer', created: NOW + 1, livemode: false });
    if (params.starting_after)
      server.put({ id: 'cus_1', object: 'customer', created: NOW, livemode: false, name: 'new' });
  });
  await send(server, '/v1/customers?limit=1');
  const { data } = (await (await send(server, '/v1/customers?limit=1&starting_after=cus_2')).json()) as {
    data: StripeObject[];
  };
  expect(data).toMatchObject([{ id: 'cus_1', name: 'new' }]);
});

test('requests above the rate get a 429 that names the limit', async () => {
  // All requests arrive in the same second, however long they take.
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const server = await start({ rate: { total: 5, perEndpoint: 3 } });
  const customers = await Promise.all(Array.from({ length: 4 }, () => send(server)));
  expect(customers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
  const limited = customers.find(({ status }) => status === 429);
  expect(limited?.headers.get('Stripe-Rate-Limited-Reason')).toBe('endpoint-rate');
  const others = await Promise.all(Array.from({ length: 3 }, () => send(server, '/v1/invoices')));
  expect(others.find(({ status }) => status === 429)?.headers.get('Stripe-Rate-Limited-Reason')).toBe('global-rate');
});
