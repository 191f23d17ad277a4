import type { Parameter } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { createSchemaCompiler } from '../src/description.ts';
import { createParameterReader, InvalidRequestError } from '../src/server/parameters.ts';

const parameters: readonly Parameter[] = [
  { name: 'page', in: 'path', required: true, schema: { type: 'integer' } },
  { name: 'ids', in: 'path', schema: { type: 'array', items: { type: 'integer' } } },
  { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' }, maxItems: 3, default: [] } },
  { name: 'sizes', in: 'query', explode: false, schema: { type: 'array', items: { type: ['integer', 'null'] } } },
  { name: 'words', in: 'query', style: 'pipeDelimited', explode: false, schema: { type: 'array' } },
  { name: 'pair', in: 'query', style: 'spaceDelimited', explode: false, schema: { type: 'array' } },
  { name: 'open', in: 'query', schema: { anyOf: [{ type: 'boolean' }, { const: 'any' }] } },
  { name: 'ratio', in: 'query', schema: { type: 'number' } },
  { name: 'code', in: 'query', schema: { enum: ['1', '2', null] } },
  { name: 'filter', in: 'query', content: { 'application/json': { schema: { type: 'object', required: ['a'] } } } },
  { name: 'X-Flags', in: 'header', schema: { type: 'array', items: { type: 'boolean' } } },
  { name: 'session', in: 'cookie', schema: { type: 'string', default: 'none' } },
];

function read(given: { params?: object; query?: string; headers?: Readonly<Record<string, string>> }) {
  const readParameters = createParameterReader(createOperation({ parameters }), createSchemaCompiler());
  const { params = {}, query = '', headers = {} } = given;
  return readParameters({ params: { page: '1', ids: '1', ...params }, headers, raw: { url: `/pages/1?${query}` } });
}

test('parameters are parsed by their schemas, and a missing one gets its default', () => {
  expect(read({})).toEqual({
    path: { page: 1, ids: [1] },
    query: { tag: [] },
    headers: {},
    cookies: { session: 'none' },
  });
});

test.each([
  ['tag=a%2Cb&tag=+c&tag=', { tag: ['a,b', ' c', ''] }],
  ['t%61g=a', { tag: ['a'] }],
  ['sizes=1,2,-3', { sizes: [1, 2, -3] }],
  ['words=a|b%7Cc', { words: ['a', 'b', 'c'] }],
  ['pair=a%20b+c', { pair: ['a', 'b', 'c'] }],
  ['open=true', { open: true }],
  ['open=any', { open: 'any' }],
  ['ratio=-1.5e3', { ratio: -1500 }],
  ['code=1', { code: '1' }],
  ['filter=%7B%22a%22%3A1%7D', { filter: { a: 1 } }],
  ['other=%ZZ&__proto__=1&=', {}],
])('the query %s is parsed', (query, expected) => {
  expect(read({ query }).query).toEqual({ tag: [], ...expected });
});

test('headers, cookies and path arrays are parsed', () => {
  const headers = { 'x-flags': 'true, false', cookie: 'other=1; session=a%20b' };
  expect(read({ params: { ids: '1,2' }, headers })).toMatchObject({
    path: { ids: [1, 2] },
    headers: { 'X-Flags': [true, false] },
    cookies: { session: 'a b' },
  });
});

test.each([
  ['an array with an invalid item', { query: 'sizes=1,x' }],
  ['an array with too many items', { query: 'tag=1&tag=2&tag=3&tag=4' }],
  ['a boolean in upper case', { query: 'open=TRUE' }],
  ['a repeated number', { query: 'ratio=1&ratio=1' }],
  ['JSON that is invalid', { query: 'filter=%7B' }],
  ['JSON without a required member', { query: 'filter=%7B%7D' }],
  ['an integer beyond 2^53−1', { params: { page: '9007199254740993' } }],
  ['an integer with a leading zero', { params: { page: '01' } }],
  ['an invalid header', { headers: { 'x-flags': 'true,1' } }],
  ['a cookie that is not percent-encoded', { headers: { cookie: 'session=%ZZ' } }],
])('%s is rejected', (_, given) => {
  expect(() => read(given)).toThrow(InvalidRequestError);
});

test('a serialization that is not supported is reported when the server is created', () => {
  const unsupported: Parameter = { name: 'where', in: 'query', style: 'deepObject', schema: { type: 'object' } };
  const operation = createOperation({ parameters: [unsupported] });
  expect(() => createParameterReader(operation, createSchemaCompiler())).toThrow('The query parameter where');
});
