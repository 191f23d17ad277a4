import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { countTimers, expectNoLeaks } from './leaks.ts';
import { startServer } from './support.ts';

test('30,000 calls with one signal leave no listener and no timer, and the heap does not grow', () =>
  expectNoLeaks(30_000));

test('calls over the network that succeed, fail or are retried leave no listener and no timer', async () => {
  const { signal } = new AbortController();
  const baseUrl = await startServer(({ url = '' }, response) => {
    if (url.endsWith('/200')) response.end('{"object":"customer"}');
    else response.writeHead(503, { 'Retry-After': '0' }).end('{"error":{"message":"Not now."}}');
  });
  const { customers } = createClient({ token: 'key', baseUrl, maxRetries: 1 });
  const before = countTimers();

  for (let call = 0; call < 300; call++) {
    await Promise.allSettled([customers.retrieve('200', { signal }), customers.retrieve('503', { signal })]);
  }

  expect(getEventListeners(signal, 'abort')).toEqual([]);
  // Node itself has one timer for keep-alive connections.
  expect(countTimers() - before).toBeLessThanOrEqual(1);
});
