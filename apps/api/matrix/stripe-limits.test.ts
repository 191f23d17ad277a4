import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { listenInTest } from '@firstofficer/common/testing';
import { createStripeServer } from '@firstofficer/stripe-server';
import { expect, test } from 'vitest';
import { createStripeClient } from '../src/stripe/client/client.ts';

const PATHS = ['/v1/customers', '/v1/invoices', '/v1/charges'];

// `most` is not 0, because a busy machine can receive requests together that were sent one after another.
test.for([
  { name: "Stripe's limits for a test key", rate: { total: 25, perEndpoint: 25 }, requests: 120, most: 5 },
  { name: 'a limit that Stripe has reduced', rate: { total: 8 }, requests: 60, most: 15 },
])('the default client keeps below $name', { timeout: 120_000 }, async ({ rate, requests, most }) => {
  await using server = await createStripeServer([], { rate });
  const client = createStripeClient({ key: 'rk_test_key', url: server.url });
  await Promise.all(Array.from({ length: requests }, (_, index) => client.get(PATHS[index % 3] ?? '')));
  const refused = server.requests.filter(({ status }) => status === 429).length;
  expect(refused).toBeLessThanOrEqual(most);
  expect(server.requests.length - refused).toBe(requests);
});

test('a response that fills the memory is not read', async (context) => {
  const body = gzipSync(Buffer.alloc(33 << 20));
  const { url } = await listenInTest(
    context,
    createServer((_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(body)),
  );
  await expect(createStripeClient({ key: 'rk_test_key', url, backOffMs: 1 }).get('/v1/customers')).rejects.toThrow(
    '(a response of more than 32 MiB)',
  );
});
