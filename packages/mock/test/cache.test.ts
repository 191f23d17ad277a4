import type { Operation } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test, vi } from 'vitest';
import { createErrorFactory } from '../src/engine/errors.ts';
import { createRespond } from '../src/engine/respond.ts';
import type { ApiRequest, Tools, Violation } from '../src/engine/tools.ts';
import { CACHE_SIZE, cacheValidation } from '../src/node/prism/cache.ts';
import { findExamplePath, operations, PAIRS, send, startMockForFile } from './support.ts';

const mock = await startMockForFile();

const [operation] = operations;
if (!operation) throw new Error('The description has no operation.');

const createRequest = (id: string): ApiRequest => ({ pathParameters: { id }, query: {}, headers: {}, body: undefined });

describe('the response cache', () => {
  const BODY = { schema: { type: 'string' } };
  const documented = createOperation({
    responses: {
      '200': { description: 'A pet.', content: { 'application/json': BODY } },
      '400': {
        description: 'The path is invalid.',
        content: {
          'application/json': { examples: { a: { value: 'first' }, undefined: { value: 'u' }, null: { value: 'n' } } },
        },
      },
    },
  });
  const createTools = () => ({
    validate: vi.fn(
      async (_: Operation, { pathParameters }: ApiRequest): Promise<Violation[]> =>
        pathParameters.id === 'fault' ? [{ location: 'path', message: 'is wrong', status: 400 }] : [],
    ),
    generate: vi.fn(async () => 'generated'),
    createETag: () => '',
  });
  const createTestRespond = (tools: Tools = createTools()) =>
    createRespond({ tools, createError: createErrorFactory([]), isNegotiated: true });
  const createInput = (id: string) => ({ operation: documented, request: createRequest(id) });

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
    const tools = createTools();
    const respond = createTestRespond(tools);
    const responses = new Set<unknown>();
    for (let id = 0; id < 1_000; id += 1) {
      const { response } = await respond({ ...createInput(`/${id}`), status: '200' });
      responses.add(response);
    }

    expect(responses.size).toBe(1);
    expect(tools.generate).toHaveBeenCalledTimes(1);
    expect(tools.validate).toHaveBeenCalledTimes(1_000);
  });

  test('an invalid request gets another response than a valid one, whichever comes first', async () => {
    const respond = createTestRespond();
    const statuses: number[] = [];
    for (const id of ['fault', 'a', 'fault', 'b']) {
      statuses.push((await respond({ ...createInput(id), status: '200' })).response.status);
    }

    expect(statuses).toEqual([400, 200, 400, 200]);
  });

  test('an example named undefined or null differs from no example', async () => {
    const respond = createTestRespond();
    const bodies: string[] = [];
    for (const example of ['undefined', undefined, 'null', undefined]) {
      bodies.push((await respond({ ...createInput('/'), status: '400', example })).response.payload);
    }

    expect(bodies).toEqual(['"u"', '"first"', '"n"', '"first"']);
  });
});

describe('the validation cache', () => {
  const REQUEST = createRequest('a');
  const withHeader = createOperation({ parameters: [{ name: 'X-Unit', in: 'header' }] });
  const FAULT: Violation = { location: 'path', message: 'is wrong', status: 400 };
  const createValidate = () =>
    vi.fn<Tools['validate']>(async (_, { pathParameters }) => (pathParameters.id === 'a' ? [] : [FAULT]));

  test('a repeated request is validated once, valid or not', async () => {
    const validate = createValidate();
    const validateCached = cacheValidation(validate);

    for (const _ of ['first', 'second']) {
      expect(await validateCached(operation, REQUEST)).toEqual([]);
      expect(await validateCached(operation, createRequest('b'))).toEqual([FAULT]);
    }
    expect(validate).toHaveBeenCalledTimes(2);
  });

  test.each<[string, Operation, Partial<ApiRequest>]>([
    ['path', withHeader, { pathParameters: { id: 'b' } }],
    ['query', withHeader, { query: { a: '1' } }],
    ['documented header', withHeader, { headers: { 'x-unit': 'kg' } }],
    ['operation', { ...withHeader, method: 'DELETE' }, {}],
  ])('a request with a different %s is validated separately', async (_, other, difference) => {
    const validate = createValidate();
    const validateCached = cacheValidation(validate);
    await validateCached(withHeader, REQUEST);
    await validateCached(other, { ...REQUEST, ...difference });

    expect(validate).toHaveBeenCalledTimes(2);
  });

  test('requests that differ in undocumented headers are validated once, without these headers', async () => {
    const validate = createValidate();
    const validateCached = cacheValidation(validate);
    const request = { ...REQUEST, headers: { 'x-unit': 'kg' } };
    for (const agent of ['curl', 'node']) {
      await validateCached(withHeader, { ...request, headers: { ...request.headers, 'user-agent': agent } });
    }

    expect(validate.mock.calls).toEqual([[withHeader, request]]);
  });

  test('a request to an operation with a request body is validated every time', async () => {
    const validate = createValidate();
    const validateCached = cacheValidation(validate);
    for (const body of ['1', '2']) await validateCached({ ...operation, requestBody: {} }, { ...REQUEST, body });

    expect(validate).toHaveBeenCalledTimes(2);
  });

  test('the cache drops old requests and does not store requests that are too large', async () => {
    const validate = createValidate();
    const validateCached = cacheValidation(validate);
    const ask = (id: string) => validateCached(operation, createRequest(id));
    const isValidatedTwice = async (id: string, between: () => Promise<unknown>) => {
      await ask(id);
      await between();
      validate.mockClear();
      await ask(id);
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
