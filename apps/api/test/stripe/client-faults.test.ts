import { createServer } from 'node:http';
import { listenInTest } from '@firstofficer/common/testing';
import { createStripeServer, type Fault, type StripeServerOptions } from '@firstofficer/stripe-server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createStripeClient, type Retry, type StripeClientOptions } from '../../src/stripe/client/client.ts';
import { createLimiter, type Excess } from '../../src/stripe/client/limiter.ts';
import { readObjectById, readPage } from '../../src/stripe/client/resources.ts';
import { StripeError } from '../../src/stripe/client/stripe-error.ts';

const NOW = 1_790_000_000;
const KEY = 'rk_test_51SecretPartOfTheKey';
const CUSTOMER = { id: 'cus_1', object: 'customer', created: NOW, livemode: false };

async function start(options: StripeServerOptions = {}) {
  const server = await createStripeServer([CUSTOMER], { now: NOW, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Creates a client that hardly waits, and records what it repeats and how it slows down. */
function createClient({ url }: { url: string }, options: Partial<StripeClientOptions> = {}) {
  const limiter = createLimiter({ perSecond: 10_000, perEndpoint: 10_000, concurrency: 8 });
  const excesses: Omit<Excess, 'sentAt'>[] = [];
  const retries: Retry[] = [];
  const client = createStripeClient({
    key: KEY,
    url,
    backOffMs: 1,
    limiter: {
      acquire: limiter.acquire,
      slowDown: ({ sentAt: _, ...excess }) => excesses.push(excess),
    },
    onRetry: (retry) => retries.push(retry),
    ...options,
  });
  return { client, excesses, retries };
}

async function getError(promise: Promise<unknown>): Promise<StripeError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StripeError)) throw new Error(`it is not a StripeError: ${error}`);
  return error;
}

test.for<[string, Fault, string]>([
  ['a 500', { status: 500 }, 'status 500'],
  ['a 502 with the page of a proxy', { status: 502 }, 'status 502'],
  ['a 409', { status: 409 }, 'status 409'],
  ['a connection that is cut before the headers', { cut: 'before' }, 'the connection failed (UND_ERR_SOCKET)'],
  ['a connection that is cut in the body', { cut: 'body' }, 'the connection failed (UND_ERR_SOCKET)'],
  ['a body that is not from Stripe', { body: '<html>' }, 'a response that is not from Stripe'],
  ['a body of another form', { body: '[]' }, 'a response that is not from Stripe'],
])('the request is repeated after %s', async ([, fault, reason]) => {
  const server = await start();
  server.fail(fault, { times: 3 });
  const { client, retries, excesses } = createClient(server);
  const { body } = await client.get('/v1/customers/cus_1');
  expect(body).toEqual(CUSTOMER);
  expect(client.requests).toBe(4);
  expect(excesses).toEqual([]);
  expect(retries).toHaveLength(3);
  expect(retries[0]).toMatchObject({ endpoint: '/v1/customers/:id', reason, isRateLimit: false, attempt: 1 });
  for (const { attempt, waitMs } of retries) {
    expect(waitMs).toBeGreaterThanOrEqual(2 ** (attempt - 2));
    expect(waitMs).toBeLessThanOrEqual(2 ** (attempt - 1));
  }
});

test('after 8 attempts, the error says what happened last, and no ID', async () => {
  const server = await start();
  server.fail({ status: 500 }, { times: 8 });
  const error = await getError(createClient(server).client.get('/v1/customers/cus_1'));
  expect(error.fault).toBe('unavailable');
  expect(error.message).toBe(
    'Stripe did not answer /v1/customers/:id, although the request was sent 8 times (status 500, request req_8). Try again later: the sync resumes where it stopped.',
  );
});

test('a 429 is repeated for as long as needed, with the wait that Stripe asks for', async () => {
  const server = await start();
  server.fail({ status: 429 }, { times: 9 });
  server.fail({ status: 429, reason: 'global-rate', retryAfter: 2 });
  server.fail({ status: 429, reason: 'endpoint-concurrency', retryAfter: 0, shouldRetry: false });
  server.fail({ status: 429, reason: 'resource-specific', retryAfter: 100_000 });
  const { client, retries, excesses } = createClient(server);
  expect((await client.get('/v1/customers')).body.object).toBe('list');
  expect(client.requests).toBe(13);
  const endpoint = '/v1/customers';
  expect(excesses.slice(0, 9)).toEqual(
    Array.from({ length: 9 }, () => ({ endpoint, scope: 'unknown', waitMs: expect.any(Number) })),
  );
  expect(excesses.slice(9)).toEqual([
    { endpoint, scope: 'total', waitMs: 2_000 },
    { endpoint, scope: 'endpoint', waitMs: 0 },
    { endpoint, scope: 'endpoint', waitMs: 600_000 },
  ]);
  expect(retries[9]).toMatchObject({ reason: 'status 429 (global-rate)', isRateLimit: true });
});

test('a request that takes too long is repeated', async () => {
  const server = await start();
  server.fail({ wait: new Promise(() => {}) });
  server.fail({ stall: true });
  const { client, retries } = createClient(server, { timeoutMs: 100 });
  await client.get('/v1/customers');
  expect(retries.slice(0, 2).map(({ reason }) => reason)).toEqual(Array(2).fill('no response within 0.1 s'));
});

test('a signal ends a request in each phase', async () => {
  const server = await start();
  const stopped = new Error('stopped');

  const early = createClient(server);
  await expect(early.client.get('/v1/customers', {}, AbortSignal.abort(stopped))).rejects.toBe(stopped);
  expect(early.client.requests).toBe(0);

  const waiting = new AbortController();
  server.fail({ wait: new Promise(() => {}) });
  server.onRequest(() => waiting.abort(stopped));
  await expect(createClient(server).client.get('/v1/customers', {}, waiting.signal)).rejects.toBe(stopped);
  server.onRequest(undefined);

  const backingOff = new AbortController();
  server.fail({ status: 500 });
  const { client } = createClient(server, { backOffMs: 60_000, onRetry: () => backingOff.abort(stopped) });
  await expect(client.get('/v1/customers', {}, backingOff.signal)).rejects.toBe(stopped);
});

test('each error of Stripe has its own fault, and their messages contain no key and no ID', async () => {
  const server = await start({ keys: { [KEY]: { missing: ['rak_invoice_read'] } } });
  const { client } = createClient(server);
  const other = createClient(server, { key: 'rk_test_51AnotherSecretKey' });
  const errors = {
    unauthorized: await getError(other.client.get('/v1/customers')),
    forbidden: await getError(client.get('/v1/invoices/in_1')),
    missing: await getError(client.get('/v1/customers/cus_secret')),
    refused: await getError(client.get('/v1/customers', { starting_after: 'cus_secret' })),
  };
  for (const [fault, error] of Object.entries(errors)) {
    expect(error.fault).toBe(fault);
    expect(JSON.stringify([error.message, error.stack, error])).not.toMatch(/secret|rk_test|acct_|No such/);
    expect(error.cause).toBeUndefined();
  }
  expect(errors.forbidden.permission).toBe('rak_invoice_read');
  expect(errors.forbidden.message).toBe(
    'The Stripe key may not read /v1/invoices/:id (status 403, request req_2). The permission Invoices is missing. In the Stripe dashboard, edit the key and set it to Read.',
  );
  expect(errors.refused).toMatchObject({ code: 'resource_missing', param: 'starting_after' });
  expect(errors.refused.message).toContain('(status 400, resource_missing, starting_after, request req_4)');
  // None of these requests was repeated.
  expect(client.requests + other.client.requests).toBe(4);
});

test('a 404 that does not name an object is not taken for a deleted object', async () => {
  const server = await start();
  server.fail({ status: 404 });
  const { client } = createClient(server);
  const error = await getError(readObjectById(client, { type: 'customer', id: 'cus_1' }));
  expect(error.fault).toBe('refused');
  const wrongUrl = createClient({ url: `${server.url}/wrong` });
  expect((await getError(wrongUrl.client.get('/v1/customers/cus_1'))).fault).toBe('refused');
});

test.for([301, 401, 403, 404])('a %i of a proxy is not taken for an answer of Stripe', async (status, context) => {
  const { url } = await listenInTest(
    context,
    createServer((_, response) => response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html>')),
  );
  const error = await getError(createClient({ url }).client.get('/v1/customers'));
  expect(error.fault).toBe('unavailable');
  expect(error.message).toContain(`(status ${status}). If FIRSTOFFICER_STRIPE_URL is set or requests pass a proxy`);
});

test('the key is not sent to the target of a redirect', async (context) => {
  const target = await start();
  const { url } = await listenInTest(
    context,
    createServer((_, response) => response.writeHead(302, { Location: `${target.url}/v1/customers` }).end()),
  );
  const error = await getError(createClient({ url }).client.get('/v1/customers'));
  expect(error.fault).toBe('unavailable');
  expect(target.requests).toEqual([]);
});

test('an unreachable server is reported without its address', async () => {
  const server = await start();
  await server.close();
  const error = await getError(createClient(server).client.get('/v1/customers'));
  expect(error.message).toContain('(the connection failed (ECONNREFUSED))');
  expect(error.message).not.toContain('127.0.0.1');
});

test.for([
  '{"object":"list"}',
  '{"object":"list","data":[],"has_more":true}',
  '{"object":"list","data":[1],"has_more":false}',
])('a list without the form of a list is refused: %s', async (body) => {
  const server = await start();
  server.fail({ body });
  const error = await getError(
    readPage(createClient(server).client, { type: 'customer', params: {} }, { selection: {} }),
  );
  expect(error.message).toBe('Stripe did not answer /v1/customers with a page of a list. Try again later.');
});

test('a page that ends where the page before ended is refused', async () => {
  const server = await start();
  server.fail({ body: JSON.stringify({ object: 'list', data: [CUSTOMER], has_more: true }) });
  const { client } = createClient(server);
  const error = await getError(readPage(client, { type: 'customer', params: {} }, { selection: { after: 'cus_1' } }));
  expect(error.fault).toBe('refused');
});

test('a response has the time of its last attempt after the limiter, and the time of Stripe', async () => {
  const server = await start();
  server.fail({ status: 500 });
  const clock = vi.spyOn(Date, 'now').mockReturnValue(1_000);
  onTestFinished(() => clock.mockRestore());
  const limiter = createLimiter({ perSecond: 10_000, perEndpoint: 10_000, concurrency: 8 });
  const acquire: typeof limiter.acquire = async (endpoint, signal) => {
    const release = await limiter.acquire(endpoint, signal);
    clock.mockReturnValue(Date.now() + 2_000);
    return release;
  };
  const { client } = createClient(server, { limiter: { ...limiter, acquire } });
  expect(await client.get('/v1/customers/cus_1')).toEqual({ body: CUSTOMER, now: NOW, sentAt: 5_000 });
});
