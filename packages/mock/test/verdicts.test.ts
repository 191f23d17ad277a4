import type { Operation } from '@firstofficer/openapi';
import { expect, test, vi } from 'vitest';
import type { Prism, PrismRequest } from '../src/prism.ts';
import { MEMORY, rememberVerdicts } from '../src/verdicts.ts';
import { operations } from './description.ts';

const [operation] = operations;
if (!operation) throw new Error('The description has no operation.');

const REQUEST: PrismRequest = { path: '/a', query: {}, headers: {}, body: undefined };
const judging = () => vi.fn<Prism['isFaultless']>(async (_, { path }) => path === '/a');

test('a request is judged once, whatever the verdict', async () => {
  const judge = judging();
  const isFaultless = rememberVerdicts(judge);

  for (const _ of ['first', 'second']) {
    expect(await isFaultless(operation, REQUEST)).toBe(true);
    expect(await isFaultless(operation, { ...REQUEST, path: '/b' })).toBe(false);
  }
  expect(judge).toHaveBeenCalledTimes(2);
});

test.each<[string, Operation, Partial<PrismRequest>]>([
  ['path', operation, { path: '/b' }],
  ['query', operation, { query: { a: '1' } }],
  ['headers', operation, { headers: { a: '1' } }],
  ['operation', { ...operation, method: 'DELETE' }, {}],
])('a request with another %s is another request', async (_, other, difference) => {
  const judge = judging();
  const isFaultless = rememberVerdicts(judge);
  await isFaultless(operation, REQUEST);
  await isFaultless(other, { ...REQUEST, ...difference });

  expect(judge).toHaveBeenCalledTimes(2);
});

test('a request that may have a body is judged each time', async () => {
  const judge = judging();
  const isFaultless = rememberVerdicts(judge);
  for (const body of [1, 2]) await isFaultless({ ...operation, requestBody: {} }, { ...REQUEST, body });

  expect(judge).toHaveBeenCalledTimes(2);
});

test('what was long ago is forgotten, and what is too large never remembered', async () => {
  const judge = judging();
  const isFaultless = rememberVerdicts(judge);
  const ask = (path: string) => isFaultless(operation, { ...REQUEST, path });
  const judgedTwice = async (path: string, between: () => Promise<unknown>) => {
    await ask(path);
    await between();
    judge.mockClear();
    await ask(path);
    return judge.mock.calls.length === 1;
  };
  const others = async (count: number) => {
    for (let other = 0; other < count; other += 1) await ask(`/${other}/${'x'.repeat(990)}`);
  };

  expect(await judgedTwice('/recent', () => others(100))).toBe(false);
  expect(await judgedTwice('/old', () => others(MEMORY / 1_000))).toBe(true);
  expect(await judgedTwice(`/${'x'.repeat(MEMORY)}`, async () => {})).toBe(true);
});
