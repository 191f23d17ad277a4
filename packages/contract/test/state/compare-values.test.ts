import { expect, test } from 'vitest';
import { createValidator } from '../../src/schema/validation.ts';
import { compareValues } from '../../src/state/compare-values.ts';

const validator = createValidator({});

/** Compares the values of one member. Returns `same`, `disputed` or `different`. */
function compareMember(schema: object, sent: unknown, received: unknown, name = 'member'): string {
  const schemas = { type: 'object', properties: { [name]: schema } };
  const compared = { sent: schemas, received: { ...schemas }, validator };
  const [difference] = compareValues({ [name]: sent }, { [name]: received }, compared);
  return difference === undefined ? 'same' : difference.isDisputed ? 'disputed' : 'different';
}

test.for<[string, schema: object, sent: unknown, received: unknown, expected: string]>([
  ['equal texts', { type: 'string' }, 'a', 'a', 'same'],
  ['texts in another case', { type: 'string' }, 'Ab', 'ab', 'different'],
  ['trimmed texts', { type: 'string' }, ' a ', 'a', 'different'],
  ['texts in another normal form', { type: 'string' }, 'e\u0301', 'é', 'same'],
  ['texts without a control character', { type: 'string' }, 'a\u0000b', 'ab', 'disputed'],
  ['a missing text', { type: 'string' }, 'a', undefined, 'different'],
  ['null and a missing member', { type: ['string', 'null'] }, null, undefined, 'same'],
  ['an empty list and a missing member', { type: 'array' }, [], undefined, 'same'],
  ['false and a missing member', { type: 'boolean' }, false, undefined, 'different'],
  ['zero and a missing member', { type: 'integer' }, 0, undefined, 'different'],
  ['rounded numbers', { type: 'number' }, 1.5, 2, 'different'],
  ['32-bit numbers', { type: 'number', format: 'float' }, 0.1, Math.fround(0.1), 'same'],
  ['emails in another case', { type: 'string', format: 'email' }, 'Jane@Example.com', 'jane@example.com', 'disputed'],
  ['other emails', { type: 'string', format: 'email' }, 'jane@example.com', 'joe@example.com', 'different'],
  ['URLs with a slash', { type: 'string', format: 'uri' }, 'https://example.com', 'https://example.com/', 'disputed'],
  [
    'times in another zone',
    { type: 'string', format: 'date-time' },
    '2026-01-01T10:00:00Z',
    '2026-01-01T11:00:00+01:00',
    'same',
  ],
  [
    'times without a fraction',
    { type: 'string', format: 'date-time' },
    '2026-01-01T10:00:00.250Z',
    '2026-01-01T10:00:00Z',
    'same',
  ],
  ['another day', { type: 'string', format: 'date' }, '2026-01-02', '2026-01-01', 'different'],
  [
    'UUIDs in another case',
    { type: 'string', format: 'uuid' },
    'AB7E4C3A-0000-4000-8000-000000000000',
    'ab7e4c3a-0000-4000-8000-000000000000',
    'same',
  ],
  ['lists in another order', { type: 'array' }, [1, 2], [2, 1], 'different'],
  ['sets in another order', { type: 'array', uniqueItems: true }, [1, 2], [2, 1], 'same'],
  ['shorter lists', { type: 'array' }, [1, 2], [1], 'different'],
  ['objects with further members', { type: 'object', properties: { a: {} } }, { a: 1 }, { a: 1, b: 2 }, 'same'],
  ['other members of objects', { type: 'object', properties: { a: {} } }, { a: 1 }, { a: 2 }, 'different'],
  ['read-only members', { type: 'string', readOnly: true }, 'a', 'b', 'same'],
  ['write-only members', { type: 'string', writeOnly: true }, 'a', undefined, 'same'],
  ['passwords', { type: 'string', format: 'password' }, 'a', '***', 'same'],
])('compares %s', ([, schema, sent, received, expected]) => {
  expect(compareMember(schema, sent, received)).toBe(expected);
});

test.for(['id', 'created_at', 'updatedAt', 'version', 'etag'])('servers may compute %s', (name) => {
  expect(compareMember({ type: 'string' }, 'a', 'b', name)).toBe('disputed');
});

test('ignores members that the response represents otherwise, or does not document', () => {
  const sent = { type: 'object', properties: { owner: { type: 'integer' }, secret: { type: 'string' } } };
  const received = { type: 'object', properties: { owner: { type: 'object' } } };

  expect(compareValues({ owner: 7, secret: 's' }, { owner: { id: 7 } }, { sent, received, validator })).toEqual([]);
});

test('servers may compute optional members if requests and responses have the same schema without read-only members', () => {
  const create = (state: object) => ({
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, state: { type: 'string', ...state }, id: {} },
  });
  const listDisputed = (schema: object) =>
    compareValues(
      { name: 'a', state: 'new' },
      { name: 'b', state: 'open' },
      { sent: schema as never, received: schema as never, validator },
    ).map(({ path, isDisputed }) => [path, isDisputed]);

  expect(listDisputed(create({}))).toEqual([
    ['body/name', false],
    ['body/state', true],
  ]);
  const withReadOnly = { ...create({}), properties: { ...create({}).properties, id: { readOnly: true } } };
  expect(listDisputed(withReadOnly)).toEqual([
    ['body/name', false],
    ['body/state', false],
  ]);
});
