import { describe, expect, test } from 'vitest';
import { formatErrors, type ReceivedRequest, verifyDescription } from '../verify.ts';

const reading = (responses: string, components = '') => `
paths: { /thing: { get: { responses: ${responses} } } }
${components}`;

/** A check with few requests, so that response checks have responses to look at. */
const checkedBy = (...checks: readonly string[]) => ({ only: [...checks, 'repeatability'] });

describe('an undocumented status', () => {
  test.for([
    [
      'is a note if no status for its cause is documented',
      "{ '200': &r { description: A thing. }, '404': *r }",
      401,
      'note',
    ],
    [
      'is an error if another status for its cause is documented',
      "{ '200': &r { description: A thing. }, '404': *r }",
      410,
      'error',
    ],
    ['is an error if it is a success', "{ '200': { description: A thing. } }", 202, 'error'],
    ['is allowed if its class is documented', '{ 4xx: { description: No. } }', 418, undefined],
    ['is allowed if no status is documented', '{}', 200, undefined],
  ] as const)('%s', async ([, responses, status, severity], context) => {
    const { found } = await verifyDescription(
      context,
      { ...checkedBy('status_code_conformance'), description: reading(responses) },
      () => ({
        status,
      }),
    );

    expect(found[0]?.severity).toBe(severity);
  });
});

describe('a 5xx status is an error', () => {
  test.for([
    ['if it is not documented', "{ '200': { description: A thing. } }"],
    ['if only `default` is documented', '{ default: { description: Any. } }'],
    ['if it is documented', "{ '200': &r { description: A thing. }, '503': *r }"],
    ['if all 5xx statuses are documented', '{ 5XX: { description: Down. } }'],
  ] as const)('%s', async ([, responses], context) => {
    const answer = ({ method }: ReceivedRequest) => ({ status: ['GET', 'HEAD'].includes(method) ? 503 : 405 });
    const { found } = await verifyDescription(
      context,
      { ...checkedBy('not_a_server_error'), description: reading(responses) },
      answer,
    );

    expect(formatErrors(found)).not.toEqual([]);
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
    const checks = { only: ['not_a_server_error', 'example_conformance'] };
    const { found } = await verifyDescription(context, { ...checks, description }, ({ url }) => ({
      status: url.pathname.endsWith('2') ? 503 : 200,
      body: {},
    }));

    expect(formatErrors(found)).toEqual([]);
  });
});

test('content types match without parameters, without case, and by media range', async (context) => {
  const checks = checkedBy('content_type_conformance', 'response_schema_conformance');
  const described = (type: string) =>
    reading(`{ '200': { description: A thing., content: { '${type}': { schema: { type: array } } } } }`);

  for (const type of ['Application/JSON; charset=utf-8', 'application/*', '*/*']) {
    const { found } = await verifyDescription(context, { ...checks, description: described(type) }, () => ({
      body: {},
    }));
    expect(new Set(found.map(({ check, actual }) => `${check}: ${actual}`))).toEqual(
      new Set(['response_schema_conformance: {}']),
    );
  }
});

test('headers conform to their schema, with lists split at commas and without Content-Type', async (context) => {
  const description = reading(`{ '200': { description: A thing., headers: {
      X-Count: { schema: { type: integer } }, X-Sizes: { schema: { type: array, items: { type: integer } } },
      Content-Type: { schema: { const: text/none } } } } }`);
  const found = async (sizes: string) =>
    formatErrors(
      (
        await verifyDescription(context, { ...checkedBy('response_headers_conformance'), description }, () => ({
          headers: { 'X-Count': '3', 'X-Sizes': sizes, 'Content-Type': 'text/plain' },
        }))
      ).found,
    );

  expect(await found('1, 2')).toEqual([]);
  expect(await found('1, two')).not.toEqual([]);
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
  const found = async (body: unknown, type: string) => {
    const answer = { body, headers: { 'Content-Type': type } };
    return formatErrors(
      (await verifyDescription(context, { only: ['example_conformance'], description }, () => answer)).found,
    );
  };

  expect(await found('one', 'text/plain')).toEqual([]);
  expect(await found({ id: 2 }, 'application/json')).toEqual(['the example one: 2']);
});

test('a 204 needs no documented body', async (context) => {
  const description = reading("{ '204': { description: Gone., content: { application/json: {} } } }");
  const { found } = await verifyDescription(context, { ...checkedBy('content_type_conformance'), description }, () => ({
    status: 204,
  }));

  expect(found).toEqual([]);
});

test('a schema that cannot be used is a note', async (context) => {
  const description = reading(
    "{ '200': { description: A thing., content: { application/json: { schema: { nullable: true } } } } }",
  );
  const { found } = await verifyDescription(
    context,
    { ...checkedBy('response_schema_conformance'), description },
    () => ({
      body: {},
    }),
  );

  expect(new Set(found.map(({ severity, actual }) => `${severity}: ${actual}`))).toEqual(
    new Set(['note: "nullable" cannot be used without "type"']),
  );
});

test('numbers need not be integers if the schema also allows other numbers', async (context) => {
  const description = reading(`{ '200': { description: A thing., content: { application/json: { schema:
      { properties: { size: { anyOf: [{ type: integer }, { type: number }] }, count: { type: integer } } } } } } }`);
  const { found } = await verifyDescription(context, { ...checkedBy('number_precision'), description }, () => ({
    headers: { 'Content-Type': 'application/json' },
    body: '{ "size": 699.0, "count": 6.99e2 }',
  }));

  expect(new Set(formatErrors(found).map((error) => error.replace(/.*: /, '')))).toEqual(new Set(['6.99e2']));
});

describe('responses with a time', () => {
  const description = reading("{ '200': { description: A thing., content: { application/json: {} } } }");

  test('are the same if it is the current time', async (context) => {
    const checks = { only: ['repeatability', 'header_independence'] };
    const { found } = await verifyDescription(context, { ...checks, description }, () => ({
      body: { at: new Date().toISOString() },
    }));

    expect(found).toEqual([]);
  });

  test('differ if it is another time', async (context) => {
    let year = 1970;
    const { found } = await verifyDescription(context, { only: ['repeatability'], description }, () => {
      year += 1;
      return { body: { at: `${year}-01-01T00:00:00Z` } };
    });

    expect(formatErrors(found)).not.toEqual([]);
  });
});

test('only the status is compared if each response differs', async (context) => {
  const description = reading("{ '200': { description: A thing., content: { application/json: {} } } }");
  let number = 0;
  const { found } = await verifyDescription(context, { only: ['header_independence'], description }, ({ headers }) => {
    number += 1;
    return { status: headers.origin === undefined ? 200 : 403, body: { number } };
  });

  expect(found.map(({ testCase }) => testCase)).toEqual(['Origin: https://pages.example']);
});

describe('an API with only JSON responses', () => {
  test.for([
    [
      'may answer 406 if it documents 406',
      "{ '200': &r { description: A thing., content: { application/json: {} } }, '406': *r }",
    ],
    [
      'may answer 406 if it documents no error',
      "{ '200': { description: A thing., content: { application/json: {} } } }",
    ],
    [
      'may select one of two JSON types',
      "{ '200': { description: A thing., content: { application/json: {}, application/hal+json: {} } } }",
    ],
  ] as const)('%s', async ([, responses], context) => {
    const { found } = await verifyDescription(
      context,
      { only: ['accept_independence'], description: reading(responses) },
      ({ headers }) => (/json|\*/.test(headers.accept ?? '') ? { body: {} } : { status: 406, body: { title: 'No.' } }),
    );

    expect(formatErrors(found).filter((error) => !error.includes('malformed'))).toEqual([]);
  });

  test('may not answer 406 if it documents other errors', async (context) => {
    const responses = "{ '200': &r { description: A thing., content: { application/json: {} } }, '404': *r }";
    const { found } = await verifyDescription(
      context,
      { only: ['accept_independence'], description: reading(responses) },
      ({ headers }) => (/json|\*/.test(headers.accept ?? '') ? { body: {} } : { status: 406, body: {} }),
    );

    expect(formatErrors(found)).not.toEqual([]);
  });
});
