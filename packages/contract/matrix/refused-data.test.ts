import { describe, expect, test } from 'vitest';
import { parseJson } from '../src/http/exchange.ts';
import { type Answer, type ReceivedRequest, verifyDescription } from '../test/verify.ts';

const only = ['positive_data_acceptance', 'negative_data_rejection'];

/** Returns a description of one operation. */
const describeOperation = (method: string, members: string, responses = '') => `
paths:
  /things:
    ${method}:
      ${members}
      responses: { '201': { description: Made. }, '400': { description: No. }${responses} }
`;

const describeBody = (schema: string, responses?: string) =>
  describeOperation(
    'post',
    `requestBody: { required: true, content: { application/json: { schema: ${schema} } } }`,
    responses,
  );

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Answers 201 to JSON objects for which `isValid` returns true, and else 400. */
function answerObjects(isValid: (body: Values) => boolean | number): (request: ReceivedRequest) => Answer {
  return ({ body, headers }) => {
    const value = parseJson(body);
    if (headers['content-type'] !== 'application/json' || !isObject(value)) return { status: 400 };
    const status = isValid(value);
    return { status: typeof status === 'number' ? status : status ? 201 : 400 };
  };
}

const BOOKING = `{ type: object, required: [name, guests], additionalProperties: false, properties: {
            name: { type: string, minLength: 1, maxLength: 20 }, guests: { type: integer, minimum: 1, maximum: 8 },
            from: { type: string, format: date }, to: { type: string, format: date },
            board: { type: string, enum: [none, half, full] }, note: { type: [string, 'null'] },
            rooms: { type: array, uniqueItems: true, items: { type: object, required: [beds], properties: { beds: { type: integer } } } } } }`;

const isText = (value: unknown): value is string => typeof value === 'string';
const isDate = (value: unknown) =>
  isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && new Date(value).toJSON()?.slice(0, 10) === value;
const isOptional = (value: unknown, isValid: (value: unknown) => boolean) => value === undefined || isValid(value);
const isRooms = (value: unknown) =>
  Array.isArray(value) &&
  value.every((room) => isObject(room) && Number.isInteger(room.beds)) &&
  new Set(value.map((room) => JSON.stringify(room))).size === value.length;

/** The rules of a booking, by keyword. */
const RULES: Readonly<Record<string, (body: Values) => boolean>> = {
  'body: additionalProperties': (body) =>
    Object.keys(body).every((name) => ['name', 'guests', 'from', 'to', 'board', 'note', 'rooms'].includes(name)),
  'body/name: minLength': ({ name }) => name !== '',
  'body/name: maxLength': ({ name }) => [...String(name)].length <= 20,
  'body/name: type': ({ name }) => isText(name) || name === undefined,
  'body: required (without name)': ({ name }) => name !== undefined,
  'body/guests: minimum': ({ guests }) => Number(guests ?? 1) >= 1,
  'body/guests: maximum': ({ guests }) => Number(guests ?? 1) <= 8,
  'body/guests: type integer (a fraction)': ({ guests }) => Number.isInteger(Number(guests ?? 1)),
  'body/guests: type integer (a number as text)': ({ guests }) => !isText(guests),
  'body/guests: type integer (null)': ({ guests }) => guests !== null,
  'body: required (without guests)': ({ guests }) => guests !== undefined,
  'body/from: ': ({ from }) => isOptional(from, isDate),
  'body/to: ': ({ to }) => isOptional(to, isDate),
  'body/board: ': ({ board }) =>
    isOptional(board, (one) => ['none', 'half', 'full'].includes(String(one)) && isText(one)),
  'body/note: type': ({ note }) => isOptional(note, (one) => isText(one) || one === null),
  'body/rooms': ({ rooms }) => isOptional(rooms, isRooms),
};

const isBooking = (body: Values) => Object.values(RULES).every((rule) => rule(body));

test('a server that keeps its description is silent', async (context) => {
  const { found } = await verifyDescription(context, {
    only,
    description: describeBody(BOOKING),
    answer: answerObjects(isBooking),
  });

  expect(found.filter(({ testCase }) => testCase !== 'body: the type text/plain')).toEqual([]);
});

test.for(Object.keys(RULES))(
  'a server without the rule %s is found by the test case of this name',
  async (name, context) => {
    const answer = answerObjects((body) =>
      Object.entries(RULES).every(([other, rule]) => other === name || rule(body)),
    );
    const { report, found } = await verifyDescription(context, { only, description: describeBody(BOOKING), answer });
    const errors = found.filter(({ severity }) => severity === 'error');

    expect(report.verdict).toBe('failed');
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.filter(({ testCase }) => !testCase.startsWith(name))).toEqual([]);
  },
);

describe('a refusal of valid data is no error if', () => {
  const names = new Set<unknown>();
  test.for<[string, (body: Values) => boolean | number, responses?: string]>([
    ['the target refuses all data, because there is no money', () => false],
    ['a name is reserved', ({ name }) => !/^x+$/.test(String(name))],
    [
      'another status than that of invalid data says so',
      ({ guests }) => (Number(guests) > 6 ? 422 : true),
      ", '422': { description: Full. }",
    ],
    ['the target refuses all large numbers', ({ guests }) => Number(guests) <= 3],
    [
      'a name must be new',
      ({ name }) => {
        if (names.has(name)) return 409;
        names.add(name);
        return true;
      },
      ", '409': { description: Taken. }",
    ],
    ['a period must not end before it begins', ({ from = '', to = from }) => String(from) <= String(to)],
    ['dates must be in the past', ({ from = '2000', to = '2000' }) => `${from}` < '2026' && `${to}` < '2026'],
    ['a name refers to something that exists', ({ name }) => name === 'text'],
    ['a member refers to something that exists', ({ note }) => note === undefined || note === null],
  ])('%s', async ([, isAcceptable, responses], context) => {
    const answer = answerObjects((body) => isBooking(body) && isAcceptable(body));
    const { errors } = await verifyDescription(context, {
      only,
      description: describeBody(BOOKING, responses),
      answer,
    });

    expect(errors).toEqual([]);
  });
});

test.for<[string, (body: Values) => boolean, testCase: string]>([
  [
    'counts UTF-16 code units',
    ({ name }) => String(name).length <= 20,
    'body/name: maxLength 20, in characters beyond the BMP',
  ],
  ['refuses the longest name', ({ name }) => String(name).length < 20, 'body/name: maxLength 20'],
  ['refuses the largest number', ({ guests }) => Number(guests) < 8, 'body/guests: maximum 8'],
  ['refuses a choice', ({ board }) => board !== 'full', 'body/board: enum "full"'],
  ['refuses null', ({ note }) => note !== null, 'body/note: null'],
  ['needs an optional member', ({ board }) => board !== undefined, 'body: without board'],
  ['refuses an optional member', ({ board }) => board === undefined, 'the body of the description'],
  ['refuses a leap day', ({ from, to }) => !/02-29/.test(`${from} ${to}`), 'body/from: date with a leap day'],
])('a server that %s is found', async ([, isAcceptable, testCase], context) => {
  const answer = answerObjects((body) => isBooking(body) && isAcceptable(body));
  const { found } = await verifyDescription(context, { only, description: describeBody(BOOKING), answer });

  expect(found.filter(({ severity }) => severity === 'error').map((finding) => finding.testCase)).toContain(testCase);
});

describe('parameters', () => {
  const parameter = (members: string) => describeOperation('get', `parameters: [${members}]`);
  const read = (name: string) => (request: ReceivedRequest) => ({
    query: request.url.searchParams.get(name),
    header: request.headers[name.toLowerCase()]?.toString(),
    cookie: new RegExp(`\\b${name}=([^;]*)`).exec(String(request.headers.cookie))?.[1],
  });

  test.for<[string, members: string, isValid: (request: ReceivedRequest) => boolean, testCases: readonly string[]]>([
    [
      'a required query parameter',
      '{ name: page, in: query, required: true, schema: { type: integer, minimum: 1 } }',
      (request) => /^[1-9]\d*$/.test(read('page')(request).query ?? ''),
      ['page: required (left out)', 'page: type integer (a word)', 'page: minimum 1 (0)'],
    ],
    [
      'a required header',
      '{ name: X-Tenant, in: header, required: true, schema: { type: string, format: uuid } }',
      (request) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(read('X-Tenant')(request).header ?? ''),
      ['X-Tenant: required (left out)', 'X-Tenant: format uuid (one digit too few)'],
    ],
    [
      'a required cookie',
      '{ name: sid, in: cookie, required: true, schema: { type: integer } }',
      (request) => /^-?\d+$/.test(read('sid')(request).cookie ?? ''),
      ['sid: required (left out)', 'sid: type integer (a word)'],
    ],
    [
      'an object as deepObject',
      '{ name: year, in: query, style: deepObject, explode: true, schema: { type: object, properties: { gte: { type: integer } } } }',
      ({ url }) => /^(-?\d+)?$/.test(url.searchParams.get('year[gte]') ?? ''),
      ['year/gte: type integer (a word)'],
    ],
    [
      'a list with pipes',
      '{ name: ids, in: query, style: pipeDelimited, explode: false, schema: { type: array, maxItems: 2, items: { type: integer } } }',
      ({ url }) => /^(-?\d+(\|-?\d+)?)?$/.test(url.searchParams.get('ids') ?? ''),
      ['ids: maxItems 2 (3 items)', 'ids/0: type integer (a word)'],
    ],
    [
      'a JSON parameter',
      '{ name: where, in: query, required: true, content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } } }',
      (request) => Number.isInteger((parseJson(read('where')(request).query ?? '') as Values | undefined)?.a),
      ['where: required (left out)', 'where: required (without a)', 'where/a: type integer (a number as text)'],
    ],
  ])('are checked: %s', async ([, members, isValid, testCases], context) => {
    const run = (answer: (request: ReceivedRequest) => Answer) =>
      verifyDescription(context, { only, description: parameter(members), answer });
    const correct = await run((request) => ({ status: isValid(request) ? 201 : 400 }));
    const lenient = await run(() => ({ status: 201 }));

    expect(correct.errors).toEqual([]);
    expect(lenient.found.map(({ testCase }) => testCase)).toEqual(expect.arrayContaining([...testCases]));
  });
});

describe('forms', () => {
  const isForm = ({ headers, body }: ReceivedRequest) => {
    const form = new URLSearchParams(body);
    return headers['content-type'] === 'application/x-www-form-urlencoded' && /^\d+$/.test(form.get('guests') ?? '');
  };
  const isUpload = ({ headers, body }: ReceivedRequest) =>
    /^multipart\/form-data; boundary=/.test(String(headers['content-type'])) &&
    /name="file"; filename="/.test(body) &&
    !/name="caption"\r\n\r\n.{11,}\r\n/u.test(body);

  test.for<
    [string, type: string, schema: string, isValid: (request: ReceivedRequest) => boolean, testCases: readonly string[]]
  >([
    [
      'URL-encoded',
      'application/x-www-form-urlencoded',
      '{ type: object, required: [guests], properties: { guests: { type: integer, minimum: 0 } } }',
      isForm,
      ['body: no body', 'body: XML', 'body: required (without guests)', 'body/guests: type integer (a fraction)'],
    ],
    [
      'multipart',
      'multipart/form-data',
      '{ type: object, required: [file], properties: { file: { type: string, format: binary }, caption: { type: string, maxLength: 10 } } }',
      isUpload,
      ['body: required (without file)', 'body/caption: maxLength 10 (11 characters)'],
    ],
  ])('are checked: %s', async ([, type, schema, isValid, testCases], context) => {
    const description = describeOperation(
      'post',
      `requestBody: { required: true, content: { ${type}: { schema: ${schema} } } }`,
      ", '415': { description: Type. }",
    );
    const run = (answer: (request: ReceivedRequest) => Answer) =>
      verifyDescription(context, { only, description, answer });
    const correct = await run((request) => ({ status: isValid(request) ? 201 : 400 }));
    const lenient = await run(() => ({ status: 201 }));

    expect(correct.errors).toEqual([]);
    expect(lenient.found.map(({ testCase }) => testCase)).toEqual(expect.arrayContaining([...testCases]));
  });
});
