import { expect, test } from 'vitest';
import type { ParameterValues } from '../../src/index.ts';
import { type ReceivedRequest, verifyDescription } from '../verify.ts';

const only = ['positive_data_acceptance', 'negative_data_rejection'];

const describePost = (content: string, components = '') => `
paths:
  /things:
    post:
      requestBody: { required: true, content: ${content} }
      responses: { '201': { description: Made. }, '400': { description: No. } }
${components}`;

/** Returns a server that accepts only matching bodies. */
const accepting =
  (pattern: RegExp) =>
  ({ body }: ReceivedRequest) => ({ status: pattern.test(body) ? 201 : 400 });

test.for([
  [
    'no read-only members',
    describePost(`{ application/json: { schema:
          { type: object, required: [id, name], properties: { id: { readOnly: true }, name: { type: string } } } } }`),
    /^{"name":"[^"]*"}$/,
  ],
  [
    'no example that violates its schema',
    describePost(`{ application/json: { schema:
          { type: object, required: [id], properties: { id: { type: string, format: uuid, examples: [4f4e] } } } } }`),
    /^{"id":"[\da-f-]{36}"}$/,
  ],
  [
    'no optional members of a recursive schema',
    describePost(
      "{ application/json; charset=utf-8: { schema: { $ref: '#/components/schemas/Tree' } } }",
      `components: { schemas: { Tree: { type: object, required: [name], properties:
        { name: { type: string }, tree: { type: [object, 'null'], $ref: '#/components/schemas/Tree' } } } } }`,
    ),
    /^{"name":"[^"]*"}$/,
  ],
] as const)('a valid body has %s', async ([, description, valid], context) => {
  const { errors, received } = await verifyDescription(context, { only, description, answer: accepting(valid) });

  expect(errors).toEqual([]);
  expect(new Set(received.map(({ body }) => body).filter((body) => valid.test(body))).size).toBe(1);
  expect(received.map(({ body }) => body)).toContain('{}');
});

test('the rejection of a valid body is a note if the target has other data than the examples', async (context) => {
  const description = describePost('{ application/json: { schema: { type: string } } }').replace(
    'post:',
    'post:\n      parameters: [{ name: id, in: header, schema: { const: 7 } }]',
  );
  const severities = async (parameters: ParameterValues) => {
    const trial = { only: ['positive_data_acceptance'], parameters, description, answer: () => ({ status: 422 }) };
    return [...new Set((await verifyDescription(context, trial)).found.map(({ severity }) => severity))];
  };

  expect(await severities({})).toEqual(['error']);
  expect(await severities({ id: 7 })).toEqual(['note']);
});

test('a form is sent URL-encoded', async (context) => {
  const description = describePost(`{ application/x-www-form-urlencoded: { schema:
          { type: object, required: [user], properties: { user: { type: string, const: "j & j" } } } } }`);
  const { received } = await verifyDescription(context, { only, description, answer: () => ({ status: 201 }) });

  expect(received.map(({ headers, body }) => [headers['content-type'], body])).toContainEqual([
    'application/x-www-form-urlencoded',
    'user=j+%26+j',
  ]);
});

test('an operation that accepts only files is not tested', async (context) => {
  const description = describePost('{ multipart/form-data: { schema: { type: object } } }').replace(
    'requestBody:',
    'parameters: [{ name: page, in: query, schema: { type: integer } }]\n      requestBody:',
  );
  const { received } = await verifyDescription(context, { only, description, answer: () => ({ status: 400 }) });

  expect(received).toEqual([]);
});

test('unsafe operations run last, so that lists do not grow while they are read', async (context) => {
  const { received } = await verifyDescription(context, {
    only: ['positive_data_acceptance', 'repeatability'],
    description: `
paths:
  /things:
    post:
      requestBody: { content: { application/json: { schema: { type: string } } } }
      responses: { '201': { description: Made. } }
  /lists: { get: { responses: { '200': { description: Things. } } } }
`,
  });

  expect(received.at(0)?.method).toBe('GET');
  expect(received.at(-1)?.method).toBe('POST');
});
