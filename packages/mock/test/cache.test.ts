import type { Operation } from '@firstofficer/openapi';
import { describe, expect, test, vi } from 'vitest';
import type { PrismRequest, Responder } from '../src/engine/responder.ts';
import { createResponse } from '../src/engine/response.ts';
import { CACHE_SIZE, cacheResponses, cacheValidation } from '../src/node/cache.ts';
import type { Prism } from '../src/node/prism.ts';
import { findExamplePath, operations, PAIRS, send, startMockForFile } from './support.ts';

const mock = await startMockForFile();

const [operation] = operations;
if (!operation) throw new Error('The description has no operation.');

const createRequest = (path: string): PrismRequest => ({ path, query: {}, headers: {}, body: undefined });

describe('the response cache', () => {
  const createRespond = () => vi.fn<Responder>(async (_, { path }) => createResponse(200, {}, path));

  test('a repeated request gets the same response', async () => {
    const targets = ['/v2/customers/nobody', '/v2/customers/%ZZ', ...PAIRS.map(({ path }) => path)];
    const sendAll = () => Promise.all(targets.map((target) => send(mock, target)));
    const withoutVaryingHeaders = (received: Awaited<ReturnType<typeof sendAll>>) =>
      received.map(({ headers: { date: _, 'x-request-id': _id, ...headers }, ...rest }) => ({ ...rest, headers }));

    expect(withoutVaryingHeaders(await sendAll())).toEqual(withoutVaryingHeaders(await sendAll()));
  });

  test('requests with different preferences get different responses', async () => {
    const sendWithPreference = async (preference: string) =>
      (await send(mock, findExamplePath('stripe_id'), { headers: { Prefer: preference } })).text;
    const preferences = ['code=200', 'code=404', 'code=401', 'example=lost_customer', 'example=stripe_id', 'delay=0'];
    const first = await Promise.all(preferences.map(sendWithPreference));

    expect(new Set(first).size).toBe(4);
    expect(await Promise.all(preferences.map(sendWithPreference))).toEqual(first);
  });

  test('a thousand identifiers create one response, and each request is validated', async () => {
    const prism = { respond: createRespond(), isValid: vi.fn(async () => true) };
    const respondCached = cacheResponses(prism);
    for (let id = 0; id < 1_000; id += 1) await respondCached(operation, createRequest(`/${id}`), { status: '404' });

    expect(prism.respond).toHaveBeenCalledTimes(1);
    expect(prism.isValid).toHaveBeenCalledTimes(1_000);
  });

  test('the response to an invalid request is not cached, and an invalid request gets no cached response', async () => {
    const respondCached = cacheResponses({
      respond: createRespond(),
      isValid: async (_, { path }) => path !== '/fault',
    });
    const payloads: string[] = [];
    for (const path of ['/fault', '/a', '/fault', '/b']) {
      payloads.push((await respondCached(operation, createRequest(path), { status: '200' })).payload);
    }

    expect(payloads).toEqual(['/fault', '/a', '/fault', '/a']);
  });

  test('an example named undefined or null differs from no example', async () => {
    const prism = { respond: createRespond(), isValid: async () => true };
    const respondCached = cacheResponses(prism);
    for (const example of ['undefined', undefined, 'null'])
      await respondCached(operation, createRequest('/'), { example });

    expect(prism.respond).toHaveBeenCalledTimes(3);
  });
});

describe('the validation cache', () => {
  const REQUEST = createRequest('/a');
  const createValidate = () => vi.fn<Prism['isValid']>(async (_, { path }) => path === '/a');

  test('a repeated request is validated once, valid or not', async () => {
    const validate = createValidate();
    const isValid = cacheValidation(validate);

    for (const _ of ['first', 'second']) {
      expect(await isValid(operation, REQUEST)).toBe(true);
      expect(await isValid(operation, { ...REQUEST, path: '/b' })).toBe(false);
    }
    expect(validate).toHaveBeenCalledTimes(2);
  });

  test.each<[string, Operation, Partial<PrismRequest>]>([
    ['path', operation, { path: '/b' }],
    ['query', operation, { query: { a: '1' } }],
    ['headers', operation, { headers: { a: '1' } }],
    ['operation', { ...operation, method: 'DELETE' }, {}],
  ])('a request with a different %s is validated separately', async (_, other, difference) => {
    const validate = createValidate();
    const isValid = cacheValidation(validate);
    await isValid(operation, REQUEST);
    await isValid(other, { ...REQUEST, ...difference });

    expect(validate).toHaveBeenCalledTimes(2);
  });

  test('a request to an operation with a request body is validated every time', async () => {
    const validate = createValidate();
    const isValid = cacheValidation(validate);
    for (const body of [1, 2]) await isValid({ ...operation, requestBody: {} }, { ...REQUEST, body });

    expect(validate).toHaveBeenCalledTimes(2);
  });

  test('the cache drops old requests and does not store requests that are too large', async () => {
    const validate = createValidate();
    const isValid = cacheValidation(validate);
    const ask = (path: string) => isValid(operation, { ...REQUEST, path });
    const isValidatedTwice = async (path: string, between: () => Promise<unknown>) => {
      await ask(path);
      await between();
      validate.mockClear();
      await ask(path);
      return validate.mock.calls.length === 1;
    };
    const others = async (count: number) => {
      for (let other = 0; other < count; other += 1) await ask(`/${other}/${'x'.repeat(990)}`);
    };

    expect(await isValidatedTwice('/recent', () => others(100))).toBe(false);
    expect(await isValidatedTwice('/old', () => others(CACHE_SIZE / 1_000))).toBe(true);
    expect(await isValidatedTwice(`/${'x'.repeat(CACHE_SIZE)}`, async () => {})).toBe(true);
  });
});
