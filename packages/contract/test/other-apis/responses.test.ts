import { describe, expect, test } from 'vitest';
import { errors, type Seen, verify } from './verify.ts';

const reading = (responses: string, components = '') => `
paths: { /thing: { get: { responses: ${responses} } } }
${components}`;

/** A check with few requests, so that response checks have responses to look at. */
const checkedBy = (...checks: readonly string[]) => ({ only: [...checks, 'repeatability'] });

describe('a status that the description passes over', () => {
  test.for([
    ['refuses for a reason that it has no word for', "{ '200': &r { description: A thing. }, '404': *r }", 401, 'note'],
    ['refuses by another word than it has', "{ '200': &r { description: A thing. }, '404': *r }", 410, 'error'],
    ['is no refusal', "{ '200': { description: A thing. } }", 202, 'error'],
    ['is of a documented class', '{ 4xx: { description: No. } }', 418, undefined],
    ['is not worth a word where there is none at all', '{}', 200, undefined],
  ] as const)('%s', async ([, responses, status, severity], context) => {
    const { found } = await verify(context, checkedBy('status_code_conformance'), reading(responses), () => ({
      status,
    }));

    expect(found[0]?.severity).toBe(severity);
  });
});

describe('a server may not fail', () => {
  test.for([
    ['where it is not documented', "{ '200': { description: A thing. } }"],
    ['where any other status is', '{ default: { description: Any. } }'],
    ['where it is documented how a failure looks', "{ '200': &r { description: A thing. }, '503': *r }"],
    ['where all of its failures are documented', '{ 5XX: { description: Down. } }'],
  ] as const)('%s', async ([, responses], context) => {
    const answer = ({ method }: Seen) => ({ status: ['GET', 'HEAD'].includes(method) ? 503 : 405 });
    const { found } = await verify(context, checkedBy('not_a_server_error'), reading(responses), answer);

    expect(errors(found)).not.toEqual([]);
  });

  test('unless an example asks for that', async (context) => {
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
    const { found } = await verify(context, checks, description, ({ url }) => ({
      status: url.pathname.endsWith('2') ? 503 : 200,
      body: {},
    }));

    expect(errors(found)).toEqual([]);
  });
});

test('content types are compared without their parameters, and by range', async (context) => {
  const checks = checkedBy('content_type_conformance', 'response_schema_conformance');
  const described = (type: string) =>
    reading(`{ '200': { description: A thing., content: { '${type}': { schema: { type: array } } } } }`);

  for (const type of ['Application/JSON; charset=utf-8', 'application/*', '*/*']) {
    const { found } = await verify(context, checks, described(type), () => ({ body: {} }));
    expect(new Set(found.map(({ check, actual }) => `${check}: ${actual}`))).toEqual(
      new Set(['response_schema_conformance: {}']),
    );
  }
});

test('headers are read by their schema, lists by commas, and Content-Type is none of them', async (context) => {
  const description = reading(`{ '200': { description: A thing., headers: {
      X-Count: { schema: { type: integer } }, X-Sizes: { schema: { type: array, items: { type: integer } } },
      Content-Type: { schema: { const: text/none } } } } }`);
  const found = async (sizes: string) =>
    errors(
      (
        await verify(context, checkedBy('response_headers_conformance'), description, () => ({
          headers: { 'X-Count': '3', 'X-Sizes': sizes, 'Content-Type': 'text/plain' },
        }))
      ).found,
    );

  expect(await found('1, 2')).toEqual([]);
  expect(await found('1, two')).not.toEqual([]);
});

test('an example in JSON says nothing of an answer in another documented type', async (context) => {
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
    return errors((await verify(context, { only: ['example_conformance'] }, description, () => answer)).found);
  };

  expect(await found('one', 'text/plain')).toEqual([]);
  expect(await found({ id: 2 }, 'application/json')).toEqual(['the example one: 2']);
});

test('a 204 has no body to be documented', async (context) => {
  const description = reading("{ '204': { description: Gone., content: { application/json: {} } } }");
  const { found } = await verify(context, checkedBy('content_type_conformance'), description, () => ({ status: 204 }));

  expect(found).toEqual([]);
});

test('a schema that cannot be used is a note, not a fault of the server', async (context) => {
  const description = reading(
    "{ '200': { description: A thing., content: { application/json: { schema: { nullable: true } } } } }",
  );
  const { found } = await verify(context, checkedBy('response_schema_conformance'), description, () => ({ body: {} }));

  expect(new Set(found.map(({ severity, actual }) => `${severity}: ${actual}`))).toEqual(
    new Set(['note: "nullable" cannot be used without "type"']),
  );
});

test('numbers of a schema that takes any need not be integers', async (context) => {
  const description = reading(`{ '200': { description: A thing., content: { application/json: { schema:
      { properties: { size: { anyOf: [{ type: integer }, { type: number }] }, count: { type: integer } } } } } } }`);
  const { found } = await verify(context, checkedBy('number_precision'), description, () => ({
    headers: { 'Content-Type': 'application/json' },
    body: '{ "size": 699.0, "count": 6.99e2 }',
  }));

  expect(new Set(errors(found).map((error) => error.replace(/.*: /, '')))).toEqual(new Set(['6.99e2']));
});

describe('responses that tell the time', () => {
  const description = reading("{ '200': { description: A thing., content: { application/json: {} } } }");

  test('are the same each time', async (context) => {
    const checks = { only: ['repeatability', 'header_independence'] };
    const { found } = await verify(context, checks, description, () => ({ body: { at: new Date().toISOString() } }));

    expect(found).toEqual([]);
  });

  test('are not, if it is another time that they tell', async (context) => {
    let year = 1970;
    const { found } = await verify(context, { only: ['repeatability'] }, description, () => {
      year += 1;
      return { body: { at: `${year}-01-01T00:00:00Z` } };
    });

    expect(errors(found)).not.toEqual([]);
  });
});

test('what is never the same twice is not compared with anything, but for its status', async (context) => {
  const description = reading("{ '200': { description: A thing., content: { application/json: {} } } }");
  let number = 0;
  const { found } = await verify(context, { only: ['header_independence'] }, description, ({ headers }) => {
    number += 1;
    return { status: headers.origin === undefined ? 200 : 403, body: { number } };
  });

  expect(found.map(({ testCase }) => testCase)).toEqual(['Origin: https://pages.example']);
});

describe('an API that answers nothing but JSON', () => {
  test.for([
    [
      'may refuse other types, if it says so',
      "{ '200': &r { description: A thing., content: { application/json: {} } }, '406': *r }",
    ],
    ['or says of no refusal at all', "{ '200': { description: A thing., content: { application/json: {} } } }"],
    [
      'may be asked for one of two kinds of JSON',
      "{ '200': { description: A thing., content: { application/json: {}, application/hal+json: {} } } }",
    ],
  ] as const)('%s', async ([, responses], context) => {
    const { found } = await verify(context, { only: ['accept_independence'] }, reading(responses), ({ headers }) =>
      /json|\*/.test(headers.accept ?? '') ? { body: {} } : { status: 406, body: { title: 'No.' } },
    );

    expect(errors(found).filter((error) => !error.includes('malformed'))).toEqual([]);
  });

  test('may not refuse them by a status that it does not document among its refusals', async (context) => {
    const responses = "{ '200': &r { description: A thing., content: { application/json: {} } }, '404': *r }";
    const { found } = await verify(context, { only: ['accept_independence'] }, reading(responses), ({ headers }) =>
      /json|\*/.test(headers.accept ?? '') ? { body: {} } : { status: 406, body: {} },
    );

    expect(errors(found)).not.toEqual([]);
  });
});
