import { expect, test } from 'vitest';
import { createValidator } from '../../src/schema/validation.ts';
import { compareValues, findObjectSchema } from '../../src/state/compare-values.ts';

const validator = createValidator({});

/** Compares the values of one member. Returns `same`, `disputed` or `different`. */
function compareMember(schema: object, sent: unknown, received: unknown, name = 'member'): string {
  const schemas = { type: 'object', properties: { [name]: schema } };
  const compared = { sent: schemas, received: { ...schemas }, validator };
  const [difference] = compareValues({ [name]: sent }, { [name]: received }, compared);
  return difference === undefined ? 'same' : difference.isDisputed ? 'disputed' : 'different';
}

const UUID = 'ab7e4c3a-0000-4000-8000-000000000000';

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
  [
    'times within a second',
    { type: 'string', format: 'date-time' },
    '2026-01-01T10:00:00Z',
    '2026-01-01T10:00:00.999Z',
    'same',
  ],
  [
    'times a second apart',
    { type: 'string', format: 'date-time' },
    '2026-01-01T10:00:00Z',
    '2026-01-01T10:00:01Z',
    'different',
  ],
  ['times of a day', { type: 'string', format: 'time' }, '10:00:00Z', '11:00:00+01:00', 'same'],
  ['other times of a day', { type: 'string', format: 'time' }, '10:00:00Z', '10:00:01Z', 'different'],
  ['bytes in another form of Base64', { type: 'string', format: 'byte' }, 'QQ==', 'QQ', 'same'],
  ['other bytes', { type: 'string', format: 'byte' }, 'QQ==', 'Qg==', 'different'],
  ['other UUIDs', { type: 'string', format: 'uuid' }, UUID, UUID.replace('0', '1'), 'different'],
  ['URLs in another case', { type: 'string', format: 'uri' }, 'https://Example.com', 'https://example.com', 'disputed'],
  ['IPv6 addresses', { type: 'string', format: 'ipv6' }, '::1', '0:0:0:0:0:0:0:1', 'disputed'],
  ['durations', { type: 'string', format: 'duration' }, 'PT60S', 'PT1M', 'disputed'],
  [
    'emails that are invalid in the response',
    { type: 'string', format: 'email' },
    'jane@example.com ',
    'jane@example.com',
    'same',
  ],
  ['an empty text and a missing member', { type: 'string' }, '', undefined, 'different'],
  ['a space at the end', { type: 'string' }, 'a', 'a ', 'different'],
  ['texts with another space', { type: 'string' }, 'a b', 'ab', 'different'],
  ['a text with a control character, without a type', {}, 'a\u0001b', 'ab', 'different'],
  ['numbers that 32 bits tell apart', { type: 'number', format: 'float' }, 0.1, 0.2, 'different'],
  ['64-bit numbers', { type: 'number' }, 0.1, Math.fround(0.1), 'different'],
  ['0 and -0', { type: 'number' }, 0, -0, 'same'],
  ['a number and its text', {}, 1, '1', 'different'],
  ['sets with other items', { type: 'array', uniqueItems: true }, [1, 2], [2, 3], 'different'],
  ['lists with another item', { type: 'array', items: {} }, [1, 2], [1, 3], 'different'],
  ['null and an empty list', { type: ['array', 'null'] }, null, [], 'same'],
  ['a list and a missing member', { type: 'array' }, [1], undefined, 'different'],
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

const COMPUTED = [
  ...['id', '_id', 'uuid', 'guid', 'etag', 'e_tag', 'version', 'revision', 'rev', 'self', 'href', 'link', 'links'],
  ...['_links', 'meta', 'metadata', 'checksum', 'hash', 'slug', 'created', 'created_at', 'createdOn', 'updatedAt'],
  ...['updated_by', 'modified_date', 'last_modified', 'deleted_time', 'changedBy', 'ID', 'Version'],
];

test.for(COMPUTED)('servers may compute %s', (name) => {
  expect(compareMember({ type: 'string' }, 'a', 'b', name)).toBe('disputed');
});

test.for(['name', 'identity', 'valid', 'conversion', 'date', 'creator', 'hashtag', 'selfie', 'createdness'])(
  'servers do not compute %s',
  (name) => {
    expect(compareMember({ type: 'string' }, 'a', 'b', name)).toBe('different');
  },
);

test('returns the path, the values and the schema of each difference, also within lists', () => {
  const floor = { type: 'integer' };
  const schema = {
    type: 'object',
    properties: { rooms: { type: 'array', items: { type: 'object', properties: { floor } } } },
  };
  const compared = { sent: schema, received: { ...schema }, validator };
  const sent = { rooms: [{ floor: 1 }, { floor: 2 }] };

  expect(compareValues(sent, { rooms: [{ floor: 1 }, { floor: 3 }] }, compared)).toEqual([
    { path: 'body/rooms/1/floor', sent: 2, received: 3, isDisputed: false, schema: floor },
  ]);
  expect(compareValues(sent, { rooms: [{ floor: 1 }] }, compared).map(({ path }) => path)).toEqual(['body/rooms']);
  expect(compareValues(sent, { rooms: 'none' }, compared).map(({ path }) => path)).toEqual(['body/rooms']);
});

test.for([
  ['whose request is read-only', { readOnly: true }, {}],
  ['whose response is write-only', {}, { writeOnly: true }],
  ['whose response is a password', {}, { format: 'password' }],
] as const)('ignores members %s', ([, inRequest, inResponse]) => {
  const create = (member: object) => ({ type: 'object', properties: { member: { type: 'string', ...member } } });
  const compared = { sent: create(inRequest), received: create(inResponse), validator };

  expect(compareValues({ member: 'a' }, { member: 'b' }, compared)).toEqual([]);
});

test('finds the schema of an object, or of the member that contains it', () => {
  const pet = { type: 'object' };
  const schema = { properties: { pet } };

  expect(findObjectSchema(schema, undefined)).toBe(schema);
  expect(findObjectSchema(schema, 'pet')).toBe(pet);
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
