import { loadDescription } from '@firstofficer/openapi';
import { describe, expect, type TestContext, test } from 'vitest';
import type { ListHints } from '../../src/lists/hints.ts';
import { type ListShape, readListShape } from '../../src/lists/list-shape.ts';
import { temporaryFile } from '../temporary-file.ts';

interface Described {
  /** Default: `/bookings`. */
  readonly path?: string;
  readonly parameters?: readonly string[];
  /** The schema of the body. Default: an object with `data`. */
  readonly body?: string;
  /** Further members of the body. */
  readonly members?: string;
  readonly headers?: string;
  /** Further members of the operation. */
  readonly extension?: string;
}

const ITEM = `{ type: object, properties: {
  id: { type: string }, status: { type: string, enum: [open, done] }, guest: { type: string }, nights: { type: integer },
  price: { type: number }, day: { type: string, format: date }, paid: { type: [boolean, 'null'] },
  tags: { type: array, items: { type: string } }, owner: { type: object, properties: { id: { type: integer } } } } }`.replaceAll(
  '\n',
  ' ',
);

async function read(context: TestContext, described: Described, hints?: ListHints) {
  const { path = '/bookings', parameters = [], members = '', headers = '', extension = '' } = described;
  const { body = `{ type: object, properties: { data: { type: array, items: ${ITEM} }, ${members} } }` } = described;
  const text = `
openapi: 3.1.0
info: { title: Bookings, version: 1.0.0 }
paths:
  ${path}:
    get:
      operationId: listBookings
      ${extension}
      parameters: [${parameters.map((parameter) => `{ in: query, ${parameter} }`).join(', ')}]
      responses:
        '200': { description: Bookings., headers: { ${headers} }, content: { application/json: { schema: ${body} } } }
`;
  const { document, operations } = await loadDescription(await temporaryFile(context, text, 'openapi.yaml'));
  const [operation] = operations;
  if (!operation) throw new Error('The description has no operation.');
  return readListShape(document, operation, hints);
}

/** Formats what a shape has, or why there is none. */
function format(shape: ListShape | { readonly skipped: string }): string[] {
  if ('skipped' in shape) return [shape.skipped];
  const { items, limit, paging, filters, sorts, totals } = shape;
  return [
    `items /${items.join('/')}`,
    ...(limit ? [`limit ${limit.parameter.name} ${limit.evidence}`] : []),
    ...(paging ? [`${paging.kind} ${paging.evidence}`] : []),
    ...filters.map(({ name, path, relation, evidence }) => `filter ${name} /${path.join('/')} ${relation} ${evidence}`),
    ...sorts.map(({ value, order, direction = 'any', evidence }) =>
      ['sort', value, order?.value, direction, evidence].filter((part) => part !== undefined).join(' '),
    ),
    ...totals.map(({ name, evidence }) => `total ${name} ${evidence}`),
  ];
}

const NO_LIST = 'the description has no response in which the tests recognize a list';
const NOTHING = 'the list has no parameter or total that the tests know';
const LIMIT = 'name: limit, schema: { type: integer, maximum: 50 }';

const SHAPES: Readonly<Record<string, readonly [described: Described, ...expected: string[]]>> = {
  'a limit with a maximum': [{ parameters: [LIMIT] }, 'items /data', 'limit limit certain'],
  'a page size without limits': [
    { parameters: ['name: page_size, schema: { type: integer }'] },
    'items /data',
    'limit page_size inferred',
  ],
  'a number of another meaning': [
    { parameters: ['name: count, schema: { type: integer, maximum: 5 }'] },
    'items /data',
    'limit count inferred',
  ],
  'a limit that is text': [{ parameters: ['name: limit, schema: { type: string }'] }, NOTHING],
  'a list as body': [
    { parameters: [LIMIT], body: `{ type: array, items: ${ITEM} }` },
    'items /',
    'limit limit certain',
  ],
  'a list named like the path': [
    {
      parameters: [LIMIT],
      body: `{ type: object, properties: { bookings: { type: array, items: ${ITEM} }, errors: { type: array, items: { type: object } } } }`,
    },
    'items /bookings',
    'limit limit certain',
  ],
  'two lists of which none has a known name': [
    {
      parameters: [LIMIT],
      body: `{ type: object, properties: { a: { type: array, items: ${ITEM} }, b: { type: array, items: ${ITEM} } } }`,
    },
    NO_LIST,
  ],
  'one object': [{ path: '/bookings/{id}', parameters: [LIMIT] }, NO_LIST],
  'a cart with a total price': [
    {
      path: '/cart',
      body: `{ type: object, properties: { items: { type: array, items: ${ITEM} }, total: { type: integer } } }`,
    },
    NOTHING,
  ],
  'a total of a paged list': [
    { parameters: [LIMIT], members: 'total: { type: integer }' },
    'items /data',
    'limit limit certain',
    'total total certain',
  ],
  'a count, which may be that of the page': [
    { parameters: [LIMIT], members: 'count: { type: integer }' },
    'items /data',
    'limit limit certain',
    'total count inferred',
  ],
  'totals in a header and in meta': [
    {
      members: 'meta: { type: object, properties: { total_count: { type: integer } } }',
      headers: 'X-Total-Count: { schema: { type: integer } }',
    },
    'items /data',
    'total meta/total_count certain',
    'total X-Total-Count certain',
  ],
  'a cursor': [
    { parameters: ['name: cursor, schema: { type: string }'], members: "next_cursor: { type: [string, 'null'] }" },
    'items /data',
    'cursor certain',
  ],
  'a cursor without the next one': [{ parameters: ['name: cursor, schema: { type: string }'] }, NOTHING],
  'the last ID': [
    { parameters: ['name: starting_after, schema: { type: string }'], members: 'has_more: { type: boolean }' },
    'items /data',
    'after certain',
  ],
  'pages with a first number': [
    { parameters: ['name: page, schema: { type: integer, minimum: 0 }'] },
    'items /data',
    'page certain',
  ],
  'pages without a first number': [
    { parameters: ['name: page, schema: { type: integer }'] },
    'items /data',
    'page inferred',
  ],
  'an offset': [
    { parameters: [LIMIT, 'name: offset, schema: { type: integer }'] },
    'items /data',
    'limit limit certain',
    'offset certain',
  ],
  'a Link header': [{ headers: 'Link: { schema: { type: string } }' }, 'items /data', 'link certain'],
  'filters of the same kind': [
    {
      parameters: [
        'name: status, schema: { type: string, enum: [done, open] }',
        'name: paid, schema: { type: boolean }',
        'name: guest, schema: { type: string }',
        'name: nights, schema: { type: integer }',
        'name: day, schema: { type: string, format: date }',
        'name: tags, schema: { type: array, items: { type: string } }',
      ],
    },
    'items /data',
    'filter status /status equal certain',
    'filter paid /paid equal certain',
    'filter guest /guest text certain',
    'filter nights /nights ordered certain',
    'filter day /day ordered certain',
    'filter tags /tags equal certain',
  ],
  'filters of another kind': [
    {
      parameters: [
        'name: status, schema: { type: string, enum: [open, done, all] }',
        'name: guest, schema: { type: integer }',
        'name: price, schema: { type: number }',
        'name: unknown, schema: { type: string }',
      ],
    },
    'items /data',
    'filter status /status equal inferred',
    'filter price /price ordered inferred',
  ],
  ranges: [
    {
      parameters: [
        'name: nights, style: deepObject, schema: { type: object, properties: { gte: { type: integer }, near: { type: integer } } }',
        'name: day_from, schema: { type: string, format: date }',
        'name: "price[lt]", schema: { type: number }',
        'name: max_nights, schema: { type: integer }',
        'name: guest_from, schema: { type: string }',
        'name: from, schema: { type: string, format: date }',
      ],
    },
    'items /data',
    'filter nights[gte] /nights gte certain',
    'filter day_from /day min certain',
    'filter price[lt] /price lt certain',
    'filter max_nights /nights max certain',
    'filter from / from certain',
  ],
  'members of filter': [
    {
      parameters: [
        'name: filter, style: deepObject, schema: { type: object, properties: { guest: { type: string }, x: { type: string } } }',
      ],
    },
    'items /data',
    'filter filter[guest] /guest text certain',
  ],
  'orders with signs': [
    { parameters: ['name: sort, schema: { type: string, enum: [nights, -nights, +day] }'] },
    'items /data',
    'sort nights ascending certain',
    'sort -nights descending certain',
    'sort +day ascending certain',
  ],
  'orders with words': [
    { parameters: ['name: order_by, schema: { type: string, enum: ["nights:desc", day_asc, guest] }'] },
    'items /data',
    'sort nights:desc descending certain',
    'sort day_asc ascending certain',
    'sort guest any certain',
  ],
  'orders with a second parameter': [
    {
      parameters: [
        'name: sort, schema: { type: string, enum: [nights] }',
        'name: order, schema: { type: string, enum: [asc, desc] }',
      ],
    },
    'items /data',
    'sort nights asc ascending certain',
    'sort nights desc descending certain',
  ],
  'orders by something else': [
    { parameters: ['name: sort, schema: { type: string, enum: [newest, nights] }'] },
    NOTHING,
  ],
  'an order by choices, which may have a rank': [
    { parameters: ['name: sort, schema: { type: string, enum: [status] }'] },
    NOTHING,
  ],
};

describe('a list with', () => {
  test.for(Object.entries(SHAPES))('%s', async ([, [described, ...expected]], context) => {
    expect(format(await read(context, described))).toEqual(expected);
  });
});

describe('hints', () => {
  const parameters = [
    'name: per, schema: { type: integer }',
    'name: who, schema: { type: integer }',
    'name: by, schema: { type: string }',
  ];
  const hints: ListHints = {
    items: '/data',
    limit: 'per',
    filters: { who: '/owner/id' },
    sort: { parameter: 'by', values: { longest: '-/nights' } },
    total: '/sum/all',
  };
  const expected = [
    'items /data',
    'limit per hint',
    'filter who /owner/id equal hint',
    'sort longest descending hint',
    'total sum/all hint',
  ];

  test('come from x-list', async (context) => {
    expect(format(await read(context, { parameters, extension: `x-list: ${JSON.stringify(hints)}` }))).toEqual(
      expected,
    );
  });

  test('come from the options', async (context) => {
    expect(format(await read(context, { parameters }, hints))).toEqual(expected);
  });

  test('can say that there is no list', async (context) => {
    const shape = await read(context, { parameters: [LIMIT], extension: 'x-list: false' });

    expect(format(shape)).toEqual(['the description says that it is no list (x-list: false)']);
  });

  test.for([
    [{ limit: 'nope' }, 'the hints for the list name the parameter "nope", which the operation does not have'],
    [{ total: 'sum' }, 'the hints for the list have the path "sum", which must begin with a slash'],
    [{ colour: 'red' }, /^the hints for the list have the unknown member "colour"\. Known: items, /],
    [
      { filters: { who: { member: '/owner/id', is: 'near' } } },
      /^the hints for the list have a filter with an unknown "is"\. Known: equal, /,
    ],
  ] as const)('are refused: %j', async ([invalid, message], context) => {
    const shape = await read(context, { parameters, extension: `x-list: ${JSON.stringify(invalid)}` });

    expect(format(shape)).toEqual([expect.stringMatching(message)]);
  });
});
