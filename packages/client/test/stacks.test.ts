import { expect, test } from 'vitest';
import { type CallOptions, type ClientOptions, createClient } from '../src/index.ts';
import { catchError, getCustomer, startServer } from './support.ts';

const neverAnswers = () => new Promise<never>(() => {});

const FAILURES: Record<string, [options?: Partial<ClientOptions>, call?: CallOptions]> = {
  http: [],
  network: [{ fetch: async () => Promise.reject(new TypeError('fetch failed')) }],
  timeout: [{ fetch: neverAnswers, timeout: 20 }],
  aborted: [{ fetch: neverAnswers }, { signal: AbortSignal.timeout(20) }],
  invalid_response: [{ fetch: async () => new Response('{}') }],
  invalid_argument: [{ onRequest: neverAnswers }, { timeout: Number.NaN }],
};

test.each(Object.entries(FAILURES))(
  'the stack of %s leads to the line of the application',
  async (code, [options, call]) => {
    const baseUrl = await startServer((_, response) => response.writeHead(403).end('Forbidden'));
    const { customers, api } = createClient({ token: 'sesame-key', baseUrl, maxRetries: 0, ...options });
    // Stacks contain async functions that await, so the names of these functions lead to their lines.
    async function applicationRetrieves() {
      return await customers.retrieve('x', call);
    }
    async function applicationReadsResponse() {
      return await customers.retrieve.withResponse('x', call);
    }
    async function applicationGets() {
      return await getCustomer(api, 'x', call);
    }

    const retrieved = await catchError(applicationRetrieves());
    expect(retrieved).toMatchObject({ code, stack: expect.stringContaining('applicationRetrieves') });
    expect((await catchError(applicationReadsResponse())).stack).toContain('applicationReadsResponse');
    // A response that is not the API's, and a customer that is not one, are results of other operations.
    if (code !== 'invalid_response') expect((await catchError(applicationGets())).stack).toContain('applicationGets');
  },
);
