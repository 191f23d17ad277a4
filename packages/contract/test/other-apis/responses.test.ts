import { describe, expect, type TestContext, test } from 'vitest';
import type { Profile } from '../../src/checks/check.ts';
import { type Answer, type ReceivedRequest, verifyDescription } from '../verify.ts';

interface Trial {
  /** The names of the checks. */
  readonly only: readonly string[];
  /** The documented responses of the operation. */
  readonly responses: string;
  readonly answer: (request: ReceivedRequest) => Answer;
  /** Default: `generic`. */
  readonly profile?: Profile;
}

/** Tests a server against a description with one GET operation. */
const verifyGet = (context: TestContext, { responses, ...trial }: Trial) =>
  verifyDescription(context, { ...trial, description: `paths: { /thing: { get: { responses: ${responses} } } }` });

/** Adds a check that sends a few requests, because response checks send none. */
const only = (...checks: readonly string[]) => [...checks, 'repeatability'];

/** Documents a 200 with a body of a media type. */
const okWith = (content: string) => `{ '200': { description: A thing., content: { ${content} } } }`;
const OK = "{ '200': { description: A thing. } }";
const OK_OR_404 = "{ '200': &r { description: A thing. }, '404': *r }";
const OK_WITH_JSON = okWith('application/json: {}');

describe('an undocumented status', () => {
  test.for([
    ['is a note if no status for its cause is documented', OK_OR_404, 401, 'note'],
    ['is an error if another status for its cause is documented', OK_OR_404, 410, 'error'],
    ['is an error if it is a success', OK, 202, 'error'],
    ['is allowed if its class is documented', '{ 4xx: { description: No. } }', 418, undefined],
    ['is allowed if no status is documented', '{}', 200, undefined],
  ] as const)('%s', async ([, responses, status, severity], context) => {
    const checks = only('status_code_conformance');
    const { found } = await verifyGet(context, { only: checks, responses, answer: () => ({ status }) });

    expect(found[0]?.severity).toBe(severity);
  });
});

describe('a 5xx status is an error', () => {
  test.for([
    ['if it is not documented', OK],
    ['if only `default` is documented', '{ default: { description: Any. } }'],
    ['if `default` and 2XX are documented', '{ 2XX: &r { description: A thing. }, default: *r }'],
    ['if all 5xx statuses are documented', '{ 5XX: { description: Down. } }'],
  ] as const)('%s', async ([, responses], context) => {
    const answer = ({ method }: ReceivedRequest) => ({ status: ['GET', 'HEAD'].includes(method) ? 503 : 405 });
    const { errors } = await verifyGet(context, { only: only('not_a_server_error'), responses, answer });

    expect(errors).not.toEqual([]);
  });

  test.for([
    ['a documented 503 is a note', 503, 'note'],
    ['a documented 501 is allowed', 501, undefined],
    ['a documented 500 is an error', 500, 'error'],
  ] as const)('but %s', async ([, status, severity], context) => {
    const responses = `{ '200': &r { description: A thing. }, '${status}': *r }`;
    const answer = ({ method }: ReceivedRequest) => ({ status: ['GET', 'HEAD'].includes(method) ? status : 405 });
    const { found } = await verifyGet(context, { only: only('not_a_server_error'), responses, answer });

    expect(found.find(({ check }) => check === 'not_a_server_error')?.severity).toBe(severity);
  });

  test('unless an example pair asks for it', async (context) => {
    const description = `
paths:
  /things/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, examples: { one: { value: 1 }, broken: { value: 2 } } }]
      responses:
        '200': { description: A thing., content: { application/json: { examples: { one: { value: {} } } } } }
        '503': { description: Broken., content: { application/json: { examples: { broken: { value: {} } } } } }
`;
    const answer = ({ url }: ReceivedRequest) => ({ status: url.pathname.endsWith('2') ? 503 : 200, body: {} });
    const checks = ['not_a_server_error', 'example_conformance'];

    expect((await verifyDescription(context, { only: checks, description, answer })).errors).toEqual([]);
  });
});

describe('a response check', () => {
  const SIZES = `{ '200': { description: A thing., headers: {
      X-Count: { schema: { type: integer } }, X-Sizes: { schema: { type: array, items: { type: integer } } },
      Content-Type: { schema: { const: text/none } } } } }`;
  const sendSizes = (sizes: string) => () => ({
    headers: { 'X-Count': '3', 'X-Sizes': sizes, 'Content-Type': 'text/plain' },
  });
  const TYPES = ['content_type_conformance', 'response_schema_conformance'] as const;
  const NUMBERS = `application/json: { schema:
      { properties: { size: { anyOf: [{ type: integer }, { type: number }] }, count: { type: integer } } } }`;

  test.for<[name: string, Trial, found: string[]]>([
    ...['Application/JSON; charset=utf-8', 'application/*', '*/*'].map((type): [string, Trial, string[]] => [
      `reports a JSON body that violates the schema of the documented media type ${type}`,
      {
        only: only(...TYPES),
        responses: okWith(`'${type}': { schema: { type: array } }`),
        answer: () => ({ body: {} }),
      },
      ['error: {}'],
    ]),
    [
      'allows a list in a header, and ignores the header object of Content-Type',
      { only: only('response_headers_conformance'), responses: SIZES, answer: sendSizes('1, 2') },
      [],
    ],
    [
      'reports an invalid item of a list in a header',
      { only: only('response_headers_conformance'), responses: SIZES, answer: sendSizes('1, two') },
      ['error: "two"'],
    ],
    [
      'allows a 204 without the documented body',
      {
        only: only('content_type_conformance'),
        responses: "{ '204': { description: Gone., content: { application/json: {} } } }",
        answer: () => ({ status: 204 }),
      },
      [],
    ],
    [
      'reports a schema that cannot be used as a note',
      {
        only: only('response_schema_conformance'),
        responses: okWith('application/json: { schema: { nullable: true } }'),
        answer: () => ({ body: {} }),
      },
      ['note: "nullable" cannot be used without "type"'],
    ],
    [
      'reports an integer with an exponent as a note, but not if the schema also allows other numbers',
      {
        only: only('number_precision'),
        responses: okWith(NUMBERS),
        answer: () => ({
          headers: { 'Content-Type': 'application/json' },
          body: '{ "size": 699.0, "count": 6.99e2 }',
        }),
      },
      ['note: 6.99e2'],
    ],
    [
      'allows responses that differ only in the current time',
      {
        only: ['repeatability', 'header_independence'],
        responses: OK_WITH_JSON,
        answer: () => ({ body: { at: new Date().toISOString() } }),
      },
      [],
    ],
  ])('%s', async ([, trial, expected], context) => {
    const { found } = await verifyGet(context, trial);

    expect(found.map(({ severity, actual }) => `${severity}: ${actual}`)).toEqual(expected);
  });

  test('reports responses that differ in another time', async (context) => {
    let year = 1970;
    const answer = () => ({ body: { at: `${year++}-01-01T00:00:00Z` } });
    const trial = { only: ['repeatability'], responses: OK_WITH_JSON, answer };
    const { errors } = await verifyGet(context, { ...trial, profile: 'firstofficer' });
    const other = await verifyGet(context, trial);

    expect(errors).not.toEqual([]);
    expect(other.found).not.toEqual([]);
    expect(other.errors).toEqual([]);
  });

  test('compares only the status if each response differs', async (context) => {
    let number = 0;
    const answer = ({ headers }: ReceivedRequest) => ({
      status: headers.origin === undefined ? 200 : 403,
      body: { number: number++ },
    });
    const { found } = await verifyGet(context, { only: ['header_independence'], responses: OK_WITH_JSON, answer });

    expect(found.map(({ testCase }) => testCase)).toEqual(['Origin: https://pages.example']);
  });
});

test('a JSON example is not compared with a response of another documented type', async (context) => {
  const description = `
paths:
  /things/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, examples: { one: { value: 1 } } }]
      responses:
        '200':
          description: A thing.
          content: { application/json: { examples: { one: { value: { id: 1 } } } }, text/plain: {} }
`;
  const errors = async (body: unknown, type: string) => {
    const answer = () => ({ body, headers: { 'Content-Type': type } });
    return (
      await verifyDescription(context, { only: ['example_conformance'], description, answer, profile: 'firstofficer' })
    ).errors;
  };

  expect(await errors('one', 'text/plain')).toEqual([]);
  expect(await errors({ id: 2 }, 'application/json')).toEqual(['the example one: 2']);
});

describe('an API with only JSON responses', () => {
  const answer = ({ headers }: ReceivedRequest) =>
    /json|\*/.test(headers.accept ?? '') ? { body: {} } : { status: 406, body: { title: 'No.' } };

  test.for([
    [
      'may answer 406 if it documents 406',
      "{ '200': &r { description: A thing., content: { application/json: {} } }, '406': *r }",
    ],
    ['may answer 406 if it documents no error', OK_WITH_JSON],
    ['may select one of two JSON types', okWith('application/json: {}, application/hal+json: {}')],
  ] as const)('%s', async ([, responses], context) => {
    const { errors } = await verifyGet(context, {
      only: ['accept_independence'],
      responses,
      answer,
      profile: 'firstofficer',
    });

    expect(errors.filter((error) => !error.includes('malformed'))).toEqual([]);
  });

  test('may not answer 406 if it documents other errors', async (context) => {
    const responses = "{ '200': &r { description: A thing., content: { application/json: {} } }, '404': *r }";

    const { errors } = await verifyGet(context, {
      only: ['accept_independence'],
      responses,
      answer,
      profile: 'firstofficer',
    });

    expect(errors).not.toEqual([]);
  });
});

test('the coverage includes examples without a name', async (context) => {
  const { report } = await verifyDescription(context, {
    only: ['repeatability'],
    description: `
paths:
  /json: { get: { responses: { '200': { description: It., content:
    { application/json; charset=utf-8: { example: { id: 1 } }, application/xml: { example: <id>1</id> } } } } } }
  /text: { get: { responses: { '200': { description: It., content: { text/plain: { example: one } } } } } }
`,
    answer: ({ url }) =>
      url.pathname === '/json' ? { body: { id: 1 } } : { headers: { 'Content-Type': 'text/plain' }, body: 'one' },
  });

  expect(report.coverage.map(({ examples }) => examples)).toEqual([
    [{ name: '200 example', times: 51 }],
    [{ name: '200 example', times: 51 }],
  ]);
});

describe('itemSchema of OpenAPI 3.2', () => {
  test.for([
    ['{"a":1}\n{"a":2}\n', []],
    ['{"a":1}\n{"a":"2"}\n{"a":"3"}\n', ['item/a must be integer']],
  ] as const)('the stream %j has the violations %j', async ([body, expected], context) => {
    const description = `
paths:
  /stream:
    get:
      responses:
        '200':
          description: Numbers.
          content: { application/jsonl: { itemSchema: { properties: { a: { type: integer } } } } }`;
    const { found } = await verifyDescription(context, {
      only: ['response_schema_conformance'],
      description,
      answer: () => ({ headers: { 'Content-Type': 'application/jsonl' }, body }),
    });

    expect(found.map((finding) => finding.expected)).toEqual(expected);
  });
});
