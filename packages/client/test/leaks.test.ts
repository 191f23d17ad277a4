import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { expectNoLeaks, timers } from './leaks.ts';
import { localServer } from './local-server.ts';

test('30,000 calls with one signal leave no listener, no timer and no growth', () => expectNoLeaks(30_000));

test('calls that go over the network, succeed, fail and are sent again leave none either', async () => {
  const { signal } = new AbortController();
  const baseUrl = await localServer(({ url = '' }, response) => {
    if (url.endsWith('/200')) response.end('{"object":"customer"}');
    else response.writeHead(503, { 'Retry-After': '0' }).end('{"error":{"message":"Not now."}}');
  });
  const { customers } = createClient({ token: 'key', baseUrl, maxRetries: 1 });
  const before = timers();

  for (let call = 0; call < 300; call++) {
    await Promise.allSettled([customers.retrieve('200', { signal }), customers.retrieve('503', { signal })]);
  }

  expect(getEventListeners(signal, 'abort')).toEqual([]);
  // The platform's own: keep-alive.
  expect(timers() - before).toBeLessThanOrEqual(1);
});
