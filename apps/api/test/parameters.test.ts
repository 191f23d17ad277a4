import type { Parameter } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { createSchemaCompiler } from '../src/description.ts';
import { createParameterReader, InvalidRequestError } from '../src/server/parameters.ts';

const parameters: readonly Parameter[] = [
  { name: 'page', in: 'path', required: true, schema: { type: 'integer' } },
  { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' }, maxItems: 3, default: [] } },
  { name: 'sizes', in: 'query', schema: { type: 'array', items: { type: ['integer', 'null'] } } },
  { name: 'open', in: 'query', schema: { anyOf: [{ type: 'boolean' }, { const: 'any' }] } },
  { name: 'ratio', in: 'query', schema: { type: 'number' } },
  { name: 'code', in: 'query', schema: { enum: ['1', '2', null] } },
  { name: 'X-Flag', in: 'header', schema: { type: 'boolean' } },
];

function createReader(given: readonly Parameter[]) {
  return createParameterReader(createOperation({ parameters: given }), createSchemaCompiler());
}

function read({
  page = '1',
  query = '',
  headers = {},
}: {
  page?: string;
  query?: string;
  headers?: { 'x-flag'?: string };
}) {
  return createReader(parameters)({ params: { page }, headers, raw: { url: `/pages/1?${query}` } });
}

test('a missing parameter gets its default', () => {
  expect(read({})).toEqual({ path: { page: 1 }, query: { tag: [] }, headers: {} });
});

test('a header is parsed, whatever the case of its name in the description', () => {
  expect(read({ headers: { 'x-flag': 'true' } })).toMatchObject({ headers: { 'X-Flag': true } });
});

test.each([
  ['tag=a%2Cb&tag=+c&tag=', { tag: ['a,b', ' c', ''] }],
  ['t%61g=a', { tag: ['a'] }],
  ['sizes=1&sizes=-3', { sizes: [1, -3] }],
  ['open=true', { open: true }],
  ['open=any', { open: 'any' }],
  ['ratio=-1.5e3', { ratio: -1500 }],
  ['code=1', { code: '1' }],
  ['other=%ZZ&__proto__=1&=', {}],
])('the query %s is parsed', (query, expected) => {
  expect(read({ query })).toEqual({ path: { page: 1 }, query: { tag: [], ...expected }, headers: {} });
});

test.each([
  ['an array with an invalid item', { query: 'sizes=1&sizes=x' }],
  ['an array with too many items', { query: 'tag=1&tag=2&tag=3&tag=4' }],
  ['an item that is not percent-encoded', { query: 'tag=%ZZ' }],
  ['a boolean in upper case', { query: 'open=TRUE' }],
  ['a repeated number', { query: 'ratio=1&ratio=1' }],
  ['an integer beyond 2^53−1', { page: '9007199254740993' }],
  ['an integer with a leading zero', { page: '01' }],
  ['an invalid header', { headers: { 'x-flag': '1' } }],
])('%s is rejected', (_, given) => {
  expect(read(given)).toBeInstanceOf(InvalidRequestError);
});

test.each<[string, Parameter]>([
  ['a cookie', { name: 'where', in: 'cookie' }],
  ['an object', { name: 'where', in: 'query', schema: { type: 'object' } }],
  ['JSON', { name: 'where', in: 'query', content: { 'application/json': {} } }],
  ['an array in a header', { name: 'where', in: 'header', schema: { type: 'array' } }],
  ['an array separated by commas', { name: 'where', in: 'query', explode: false, schema: { type: 'array' } }],
  ['another style', { name: 'where', in: 'path', style: 'label' }],
])('%s as parameter is reported when the server is created', (_, unsupported) => {
  expect(() => createReader([unsupported])).toThrow('parameter where is not supported');
});
