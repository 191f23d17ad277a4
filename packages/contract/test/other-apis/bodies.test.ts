import { describe, expect, test } from 'vitest';
import type { ParameterValues } from '../../src/index.ts';
import { formatErrors, verifyDescription } from '../verify.ts';

const CHECKS = { only: ['positive_data_acceptance', 'negative_data_rejection'] };

const describePost = (content: string, components = '') => `
paths:
  /things:
    post:
      requestBody: { required: true, content: ${content} }
      responses: { '201': { description: Made. }, '400': { description: No. } }
${components}`;

test('read-only members are not sent', async (context) => {
  const description = describePost(`{ application/json: { schema:
          { type: object, required: [id, name], properties: { id: { readOnly: true }, name: { type: string } } } } }`);
  const { found, received } = await verifyDescription(context, { ...CHECKS, description }, ({ body }) => {
    const name = /"name":"[^"]*"}$/.test(body);
    return { status: name ? 201 : 400 };
  });

  expect(formatErrors(found)).toEqual([]);
  expect(received.map(({ body }) => body)).toEqual(expect.arrayContaining(['{"name":"string"}', '{}']));
});

test('an example that violates its schema is not sent', async (context) => {
  const description = describePost(`{ application/json: { schema:
          { type: object, required: [id], properties: { id: { type: string, format: uuid, examples: [4f4e] } } } } }`);
  const { found, received } = await verifyDescription(context, { ...CHECKS, description }, ({ body }) => ({
    status: /"id":"[\da-f-]{36}"}$/.test(body) ? 201 : 400,
  }));

  expect(formatErrors(found)).toEqual([]);
  expect(received.some(({ body }) => /"id":"[\da-f-]{36}"/.test(body))).toBe(true);
});

test('a body with a recursive schema ends at the optional members', async (context) => {
  const description = describePost(
    "{ application/json; charset=utf-8: { schema: { $ref: '#/components/schemas/Tree' } } }",
    `components: { schemas: { Tree: { type: object, required: [name], properties:
        { name: { type: string }, tree: { type: [object, 'null'], $ref: '#/components/schemas/Tree' } } } } }`,
  );
  const { found, received } = await verifyDescription(context, { ...CHECKS, description }, ({ body }) => ({
    status: body.startsWith('{"name":"') && body.endsWith('}') ? 201 : 400,
  }));

  expect(formatErrors(found)).toEqual([]);
  expect(received.length).toBeGreaterThan(3);
});

test('the rejection of a valid body is a note if the target has other data than the examples', async (context) => {
  const description = describePost('{ application/json: { schema: { type: string } } }');
  const severities = async (parameters: ParameterValues) =>
    (
      await verifyDescription(context, { only: ['positive_data_acceptance'], parameters, description }, () => ({
        status: 422,
      }))
    ).found.map(({ severity }) => severity);

  expect(await severities({})).toEqual(['error']);
  expect(await severities({ id: 7 })).toEqual(['note']);
});

test('a form is sent URL-encoded', async (context) => {
  const description = describePost(`{ application/x-www-form-urlencoded: { schema:
          { type: object, required: [user], properties: { user: { type: string, const: "j & j" } } } } }`);
  const { received } = await verifyDescription(context, { ...CHECKS, description }, () => ({ status: 201 }));

  expect(received.map(({ headers, body }) => [headers['content-type'], body])).toEqual([
    ['application/x-www-form-urlencoded', 'user=j+%26+j'],
  ]);
});

test('an operation that accepts only files is not tested', async (context) => {
  const description = describePost('{ multipart/form-data: { schema: { type: object } } }').replace(
    'requestBody:',
    'parameters: [{ name: page, in: query, schema: { type: integer } }]\n      requestBody:',
  );
  const { received } = await verifyDescription(context, { ...CHECKS, description }, () => ({ status: 400 }));

  expect(received).toEqual([]);
});

describe('unsafe operations', () => {
  test('run last, so that lists do not grow while they are read', async (context) => {
    const description = `
paths:
  /things:
    post:
      requestBody: { content: { application/json: { schema: { type: string } } } }
      responses: { '201': { description: Made. } }
  /lists: { get: { responses: { '200': { description: Things. } } } }
`;
    const { received } = await verifyDescription(
      context,
      { only: ['positive_data_acceptance', 'repeatability'], description },
      () => ({}),
    );

    expect(received.at(0)?.method).toBe('GET');
    expect(received.at(-1)?.method).toBe('POST');
  });
});
