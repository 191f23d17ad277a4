import { describe, expect, test } from 'vitest';
import type { ParameterValues } from '../../src/index.ts';
import { errors, verify } from './verify.ts';

const CHECKS = { only: ['positive_data_acceptance', 'negative_data_rejection'] };

const posting = (content: string, components = '') => `
paths:
  /things:
    post:
      requestBody: { required: true, content: ${content} }
      responses: { '201': { description: Made. }, '400': { description: No. } }
${components}`;

test('what is only ever read need not be sent', async (context) => {
  const description = posting(`{ application/json: { schema:
          { type: object, required: [id, name], properties: { id: { readOnly: true }, name: { type: string } } } } }`);
  const { found, seen } = await verify(context, CHECKS, description, ({ body }) => {
    const name = /"name":"[^"]*"}$/.test(body);
    return { status: name ? 201 : 400 };
  });

  expect(errors(found)).toEqual([]);
  expect(seen.map(({ body }) => body)).toEqual(expect.arrayContaining(['{"name":"string"}', '{}']));
});

test('an example that does not fit its schema is passed over', async (context) => {
  const description = posting(`{ application/json: { schema:
          { type: object, required: [id], properties: { id: { type: string, format: uuid, examples: [4f4e] } } } } }`);
  const { found, seen } = await verify(context, CHECKS, description, ({ body }) => ({
    status: /"id":"[\da-f-]{36}"}$/.test(body) ? 201 : 400,
  }));

  expect(errors(found)).toEqual([]);
  expect(seen.some(({ body }) => /"id":"[\da-f-]{36}"/.test(body))).toBe(true);
});

test('a body that contains itself is made up no deeper than it must be', async (context) => {
  const description = posting(
    "{ application/json; charset=utf-8: { schema: { $ref: '#/components/schemas/Tree' } } }",
    `components: { schemas: { Tree: { type: object, required: [name], properties:
        { name: { type: string }, tree: { type: [object, 'null'], $ref: '#/components/schemas/Tree' } } } } }`,
  );
  const { found, seen } = await verify(context, CHECKS, description, ({ body }) => ({
    status: body.startsWith('{"name":"') && body.endsWith('}') ? 201 : 400,
  }));

  expect(errors(found)).toEqual([]);
  expect(seen.length).toBeGreaterThan(3);
});

test('a body that a target with data of its own refuses is a note', async (context) => {
  const description = posting('{ application/json: { schema: { type: string } } }');
  const severities = async (parameters: ParameterValues) =>
    (
      await verify(context, { only: ['positive_data_acceptance'], parameters }, description, () => ({ status: 422 }))
    ).found.map(({ severity }) => severity);

  expect(await severities({})).toEqual(['error']);
  expect(await severities({ id: 7 })).toEqual(['note']);
});

test('a form is sent as one', async (context) => {
  const description = posting(`{ application/x-www-form-urlencoded: { schema:
          { type: object, required: [user], properties: { user: { type: string, const: "j & j" } } } } }`);
  const { seen } = await verify(context, CHECKS, description, () => ({ status: 201 }));

  expect(seen.map(({ headers, body }) => [headers['content-type'], body])).toEqual([
    ['application/x-www-form-urlencoded', 'user=j+%26+j'],
  ]);
});

test('an operation that takes nothing but files is not blamed for refusing what is none', async (context) => {
  const description = posting('{ multipart/form-data: { schema: { type: object } } }').replace(
    'requestBody:',
    'parameters: [{ name: page, in: query, schema: { type: integer } }]\n      requestBody:',
  );
  const { seen } = await verify(context, CHECKS, description, () => ({ status: 400 }));

  expect(seen).toEqual([]);
});

describe('operations that change something come last', () => {
  test('so that lists do not grow while they are read', async (context) => {
    const description = `
paths:
  /things:
    post:
      requestBody: { content: { application/json: { schema: { type: string } } } }
      responses: { '201': { description: Made. } }
  /lists: { get: { responses: { '200': { description: Things. } } } }
`;
    const { seen } = await verify(
      context,
      { only: ['positive_data_acceptance', 'repeatability'] },
      description,
      () => ({}),
    );

    expect(seen.at(0)?.method).toBe('GET');
    expect(seen.at(-1)?.method).toBe('POST');
  });
});
