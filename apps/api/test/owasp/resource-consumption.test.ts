import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { loadApiDescription } from '../../src/description.ts';
import { findClientNetwork } from '../../src/server/client-network.ts';
import { createCounters, findWaitSeconds } from '../../src/server/counters.ts';
import { LIMITS } from '../../src/server/create-server.ts';
import { databases } from '../databases.ts';
import {
  authorize,
  createCustomer,
  formatRequest,
  retrieve,
  sendRaw,
  startSeededApi,
  startServer,
} from '../running-api.ts';

describe.each(databases)('API4:2023 Unrestricted Resource Consumption, on $name', (kind) => {
  test('oversized headers get a 431 in JSON, and the server keeps running', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    const { status, text } = await sendRaw(url, formatRequest('/', { 'X-Large': 'x'.repeat(LIMITS.headerBytes) }));

    expect(status).toBe(431);
    expect(text).toContain('Content-Type: application/json');
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });

  test('slow clients get a 408, and other clients do not wait for them', async (context) => {
    const { url, key } = await startSeededApi(context, kind, { limits: { headersMs: 300 } });
    const slow = Array.from({ length: 50 }, () => sendRaw(url, 'GET /v2/customers/x HTTP/1.1\r\nX-Slow: '));
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);

    expect(new Set((await Promise.all(slow)).map(({ status }) => status))).toEqual(new Set([408]));
  });
});

test.for(databases)('a client of $name that does not read its response is disconnected', async (kind, context) => {
  const customer = { object: 'customer', ...createCustomer(1) };
  // Larger than what the system keeps for a client.
  const large = { ...customer, extra_id: 'x'.repeat(16 * 1024 * 1024) };
  const { app, url, key } = await startServer(context, kind, {
    description: await loadApiDescription(),
    handlers: { retrieveCustomer: ({ path }) => ({ status: 200, body: path.customer === 'large' ? large : customer }) },
    validateResponses: false,
    limits: { readMs: 200 },
  });
  const request = formatRequest('/v2/customers/large', { ...authorize(key), Connection: 'keep-alive' });
  const unread = ['', 'NONSENSE\r\n\r\n', formatRequest('example.com:443', {}, 'CONNECT')].map((next) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
    socket.on('error', () => {});
    socket.write(request + next);
    return socket;
  });
  const disconnected = new Promise<void>((resolve) => {
    let count = 0;
    app.server.on('connection', (socket) =>
      socket.once('close', () => {
        count += 1;
        if (count === unread.length) resolve();
      }),
    );
  });
  await disconnected;
  for (const socket of unread) socket.destroy();
  expect((await retrieve(url, key, 'small')).status).toBe(200);
});

test.for(databases)('requests to $name that wait for earlier ones take limited memory', async (kind, context) => {
  const answered = Promise.withResolvers<void>();
  const { app, url, key } = await startServer(context, kind, {
    description: await loadApiDescription(),
    handlers: { retrieveCustomer: () => answered.promise.then(() => ({ status: 404 })) },
    limits: { connections: 50 },
  });
  const request = formatRequest('/v2/customers/x', { ...authorize(key), Connection: 'keep-alive' });
  const last = formatRequest('/v2/customers/x', authorize(key));
  const received = once(app.server, 'request');
  const within = sendRaw(url, request.repeat(10) + last);
  await received;

  expect((await sendRaw(url, request.repeat(100))).text).toBe('');
  answered.resolve();
  expect((await within).text.match(/HTTP\/1\.1 404 /g)).toHaveLength(11);
  // The requests of the closed connection do not count any more.
  expect((await sendRaw(url, request.repeat(40) + last)).text.match(/HTTP\/1\.1 404 /g)).toHaveLength(41);
});

test.for(databases)(
  'a CONNECT that follows an unanswered request on $name closes only its own connection',
  async (kind, context) => {
    const { url, key } = await startSeededApi(context, kind);
    const headers = { ...authorize(key), Connection: 'keep-alive' };
    for (const method of ['GET', 'HEAD', 'POST']) {
      await sendRaw(
        url,
        formatRequest('/v2/customers/cus_1234ABCD', headers, method) +
          formatRequest('/v2/customers/cus_1234ABCD', headers, 'CONNECT'),
      );
    }
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  },
);

test('requests are counted per ID until one minute after the first, and the memory is limited', (context) => {
  vi.useFakeTimers({ now: 1_000_000 });
  context.onTestFinished(() => void vi.useRealTimers());
  const counters = createCounters(2);
  const add = (id: string) => findWaitSeconds(counters.add(id), 1);
  expect(add('a')).toBeUndefined();
  vi.setSystemTime(1_030_500);
  expect([add('a'), add('b')]).toEqual([30, undefined]);
  vi.setSystemTime(1_059_999);
  expect(add('a')).toBe(1);
  vi.setSystemTime(1_060_000);
  expect([add('a'), add('a')]).toEqual([undefined, 60]);
  expect([add('c'), add('b')]).toEqual([undefined, undefined]);
});

test.for([
  ['192.0.2.1', '192.0.2.1', '192.0.2.1:443', ' 192.0.2.1 ', '[192.0.2.1]:443', '::ffff:192.0.2.1', '::FFFF:C000:201'],
  ['192.0.2.1', '0:0:0:0:0:ffff:192.0.2.1', '[::ffff:192.0.2.1]:443', '::ffff:0:192.0.2.1', '::192.0.2.1'],
  ['192.0.2.1', '64:ff9b::192.0.2.1', '64:ff9b::c000:201', '[64:FF9B::c000:0201]:443', '::ffff:192.0.2.1%eth0'],
  ['192.0.2.2', '192.0.2.2', '64:ff9b::192.0.2.2', '::ffff:192.0.2.2'],
  ['2001:db8:0:0', '2001:db8::1', '2001:db8::2', '2001:DB8::', '2001:0db8:0000:0000:0000:0000:0000:0001'],
  ['2001:db8:0:0', '2001:db8::ffff:ffff:ffff:ffff', '[2001:db8::1]', '[2001:db8::1]:443', '2001:db8::1%eth0'],
  ['2001:db8:0:0', '2001:db8::192.0.2.1', '2001:db8:0::1'],
  ['2001:db8:0:1', '2001:db8:0:1::1', '2001:db8:0:1::'],
  ['fe80:0:0:0', 'fe80::1%eth0', 'fe80::1%25eth0', 'fe80::2', '[fe80::1%eth0]:443'],
  [
    'invalid',
    '',
    'unknown',
    '_hidden',
    'example.com',
    '1.2.3.4.5',
    '256.1.1.1',
    '1:2',
    '[::1',
    '2001:db8::1::2',
    'x:80',
  ],
])('addresses of the network %s have one count', ([network, ...addresses]) => {
  for (const address of addresses) expect(findClientNetwork(address), address).toBe(network);
});
