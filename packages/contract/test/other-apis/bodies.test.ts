import { expect, test } from 'vitest';
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
] as const)('a valid body has %s', async ([, description, valid], context) => {
  const { errors, received } = await verifyDescription(context, { only, description, answer: accepting(valid) });

  expect(errors).toEqual([]);
  expect(received.map(({ body }) => body)).toContainEqual(expect.stringMatching(valid));
  expect(received.map(({ body }) => body)).toContain('{}');
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

test('an operation that accepts only XML is not tested', async (context) => {
  const description = describePost('{ application/xml: { schema: { type: object } } }').replace(
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
