import type { Operation } from '@firstofficer/openapi';
import { expect, test, vi } from 'vitest';
import { CACHE_SIZE, cacheValidation } from '../src/cache.ts';
import type { Prism, PrismRequest } from '../src/prism.ts';
import { operations } from './description.ts';

const [operation] = operations;
if (!operation) throw new Error('The description has no operation.');

const REQUEST: PrismRequest = { path: '/a', query: {}, headers: {}, body: undefined };
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
