import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Attempt, type AttemptResult, type ClientOptions, createClient } from '../src/index.ts';
import { catchError, getCustomer, startServer } from './support.ts';

const REQUEST = { method: 'GET', path: '/v2/customers/{customer}' };

// Math.random returns 0, so that retries do not wait.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** Creates a client that records what its hooks receive. */
function createRecordingClient(options: Partial<ClientOptions>) {
  const events: (Attempt | AttemptResult)[] = [];
  const record = (event: Attempt | AttemptResult) => void events.push(event);
  return { events, ...createClient({ token: 'sesame-key', onRequest: record, onResponse: record, ...options }) };
}

test('the hooks are called for each attempt', async () => {
  let requests = 0;
  const baseUrl = await startServer((_, response) => {
    if (++requests === 1) response.writeHead(503).end();
    else response.end('{"object":"customer"}');
  });
  const { events, customers } = createRecordingClient({ baseUrl });
  await customers.retrieve('jane@example.com');

  const milliseconds = expect.any(Number);
  expect(events).toEqual([
    { ...REQUEST, attempt: 1 },
    { ...REQUEST, attempt: 1, status: 503, code: 'unavailable', milliseconds },
    { ...REQUEST, attempt: 2 },
    { ...REQUEST, attempt: 2, status: 200, code: undefined, milliseconds },
  ]);
  expect(JSON.stringify(events)).not.toMatch(/jane|sesame/);
});

test('onResponse is called for every operation, and for a failure without a response', async () => {
  const { events, api, customers } = createRecordingClient({
    fetch: async () => Promise.reject(new TypeError('sesame-key')),
    maxRetries: 0,
  });
  await catchError(customers.retrieve('jane@example.com'));
  await catchError(getCustomer(api, 'jane@example.com'));

  const failed = { ...REQUEST, attempt: 1, status: undefined, code: 'network' };
  expect(events).toMatchObject([{ attempt: 1 }, failed, { attempt: 1 }, failed]);
  expect(JSON.stringify(events)).not.toMatch(/jane|sesame/);
});

test('milliseconds include reading the body', async () => {
  vi.spyOn(Date, 'now').mockReturnValueOnce(1_000).mockReturnValueOnce(1_250);
  const { events, customers } = createRecordingClient({ fetch: async () => new Response('{"object":"customer"}') });
  await customers.retrieve('x');

  expect(events[1]).toMatchObject({ milliseconds: 250 });
});

test('the attempt with a new key is another attempt', async () => {
  const baseUrl = await startServer(({ headers }, response) => {
    const isNew = atob(`${headers.authorization}`.replace('Basic ', '')) === 'new-key:';
    response.writeHead(isNew ? 200 : 401).end('{"object":"customer"}');
  });
  const token = ({ isRejected }: { isRejected: boolean }) => (isRejected ? 'new-key' : 'old-key');
  const { events, customers } = createRecordingClient({ baseUrl, token });
  await customers.retrieve('x');

  expect(events).toMatchObject([
    { attempt: 1 },
    { attempt: 1, status: 401 },
    { attempt: 2 },
    { attempt: 2, status: 200 },
  ]);
});

test('an identifier in a path that the API does not have is not passed to the hooks', async () => {
  const { events, api } = createRecordingClient({ fetch: async () => new Response('{}') });
  const get = api.GET as (path: string) => Promise<unknown>;
  await get('/v2/customers/jane@example.com');

  expect(events).toMatchObject([{ path: 'unknown' }, { path: 'unknown' }]);
});

test('a hook that is async delays the next step', async () => {
  const steps: string[] = [];
  const record = (step: string) => async () => {
    await new Promise(setImmediate);
    steps.push(step);
  };
  const { customers } = createClient({
    token: 'sesame-key',
    onRequest: record('onRequest'),
    onResponse: record('onResponse'),
    fetch: async () => {
      steps.push('fetch');
      return new Response('{"object":"customer"}');
    },
  });
  await customers.retrieve('x');

  expect(steps).toEqual(['onRequest', 'fetch', 'onResponse']);
});
