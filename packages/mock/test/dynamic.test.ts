import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { findResponse } from '@firstofficer/openapi';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findExamplePath, operations, send, startMockForFile, startTestMock } from './support.ts';

const TEXT = `
openapi: 3.2.0
info: { title: Things, version: 1.0.0 }
paths:
  /things:
    get:
      responses:
        "200":
          description: A thing.
          headers:
            X-Total: { schema: { type: integer, minimum: 5 } }
            X-New: { schema: { type: boolean } }
            X-Tags: { schema: { type: array, items: { type: string } }, example: [a, b] }
          content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } } }
        "404": { description: No thing., content: { application/json: { schema: { type: object, required: [error] } } } }
  /trees:
    get:
      responses:
        "200":
          description: A tree.
          content: { application/json: { schema: { $ref: "#/components/schemas/Tree" } } }
  /formats:
    get:
      responses:
        "200":
          description: Every format that is validated, a fraction, names, and null in a composition.
          content:
            application/json:
              schema:
                type: object
                required: [url, template, price, named, listed, byte, duration, isoTime, isoDateTime, fragment, pointer, part]
                properties:
                  url: { type: string, format: url }
                  named: { type: object, propertyNames: { pattern: "^[a-z]{3}$" }, additionalProperties: { type: integer }, minProperties: 1 }
                  listed: { type: object, propertyNames: { enum: [de, en] }, minProperties: 1 }
                  price: { type: number, multipleOf: 0.01, minimum: 0.5, maximum: 2 }
                  template: { type: string, format: uri-template }
                  byte: { type: string, format: byte }
                  duration: { type: string, format: duration }
                  isoTime: { type: string, format: iso-time }
                  isoDateTime: { type: string, format: iso-date-time }
                  fragment: { type: string, format: json-pointer-uri-fragment }
                  pointer: { type: string, format: relative-json-pointer }
                  part:
                    type: object
                    allOf:
                      - { anyOf: [{ $ref: "#/components/schemas/Item" }, { type: "null" }] }
                      - { type: [object, "null"], properties: { name: { type: string } } }
  /interim: { get: { responses: { "100": { description: Continue. }, 1XX: { description: Interim. } } } }
  /impossible:
    get:
      responses:
        "200":
          description: Nothing fits this schema.
          content: { application/json: { schema: { type: integer, minimum: 2, maximum: 1 } } }
  /lines:
    get:
      responses:
        "200":
          description: A stream.
          content:
            application/jsonl: { itemSchema: { $ref: "#/components/schemas/Item" } }
            application/json-seq: { itemSchema: { $ref: "#/components/schemas/Item" } }
            text/event-stream:
              itemSchema: { type: object, required: [data], properties: { data: { type: string } } }
              examples:
                two: { dataValue: [{ event: add, id: 7, data: "a\\nb" }, { data: { count: 2 } }] }
  /texts:
    get:
      responses:
        "200":
          description: The texts of bodies.
          content:
            application/json: { examples: { only: { serializedValue: '{ "a": 1 }' } } }
            application/jsonl: { examples: { only: { serializedValue: "{}\\n{}\\n" } } }
  /nothing: { get: { responses: { "200": { description: A null., content: { application/json: { example: null } } } } } }
components:
  schemas:
    Item: { type: object, required: [count], properties: { count: { type: integer } } }
    Base: { type: object, required: [id], properties: { id: { type: string, pattern: "^thing_[a-z]{8}$" } } }
    Thing:
      allOf:
        - $ref: "#/components/schemas/Base"
        - type: object
          required: [tag, secret, nested, labels]
          properties:
            tag: { enum: [a, b] }
            secret: { type: string, writeOnly: true }
            when: { type: string, format: date-time }
            price: { type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.5 }
            url: { type: string, format: url }
            items: { type: array, items: { type: object, required: [name], properties: { meta: { type: object } } } }
            nested: { type: object, required: [pin], properties: { pin: { type: string, writeOnly: true }, size: { type: integer } } }
            labels: { type: object, minProperties: 1, additionalProperties: { type: integer } }
            pair: { type: array, minItems: 2, maxItems: 2, prefixItems: [{ type: integer }, { type: string }] }
    Tree:
      type: object
      required: [name, children]
      properties:
        name: { type: string, minLength: 1 }
        children: { type: array, maxItems: 3, items: { $ref: "#/components/schemas/Tree" } }
        parent: { $ref: "#/components/schemas/Tree" }
        owner: { $ref: "#/components/schemas/Owner" }
    Owner:
      type: object
      required: [best, next, byName, any]
      additionalProperties: false
      properties:
        best: { $ref: "#/components/schemas/Tree" }
        next: { oneOf: [{ $ref: "#/components/schemas/Owner" }, { type: "null" }] }
        byName: { type: object, additionalProperties: { $ref: "#/components/schemas/Owner" } }
        any: { anyOf: [{ type: array, items: { $ref: "#/components/schemas/Owner" } }, { type: integer }] }
`;
const folder = await createTemporaryFolder({ onTestFinished: afterAll }, { 'openapi.yaml': TEXT });
const ajv = new Ajv2020({ strict: false }).addSchema({ $id: 'description', ...parse(TEXT) });
const spec = join(folder, 'openapi.yaml');
const things = await startMockForFile({ spec });
const customers = await startMockForFile();

const PATH = findExamplePath('stripe_id');
const getDynamic = (mock: typeof things, path: string, seed: string | number, code = 200) =>
  send(mock, path, { headers: { Prefer: `dynamic=true, seed=${seed}, code=${code}` } });

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed + 1);

describe.each([200, 404, 429])('random data of FirstOfficer with the status %i', (code) => {
  const { response } = (operations[0] && findResponse(operations[0], code)) ?? {};
  const schema = response?.content?.['application/json']?.schema ?? false;
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

  test('fits the schema, and has no members that it does not describe', async () => {
    const { properties } = schema as { properties: object };
    for (const seed of SEEDS) {
      const { status, json } = await getDynamic(customers, PATH, seed, code);
      expect(status).toBe(code);
      expect(isValid(json), `seed ${seed}: ${JSON.stringify(isValid.errors)}`).toBe(true);
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(json as object)));
    }
  });
});

test('a seed selects the data, whichever requests are in between', async () => {
  const first = await Promise.all(SEEDS.map((seed) => getDynamic(customers, PATH, seed)));
  const again = await Promise.all(SEEDS.toReversed().map((seed) => getDynamic(customers, PATH, seed)));

  expect(again.toReversed().map(({ text }) => text)).toEqual(first.map(({ text }) => text));
  expect(new Set(first.map(({ text }) => text)).size).toBe(SEEDS.length);
});

test('without a seed each body is another one, and the seed of the mock selects the sequence', async () => {
  const readSequence = async (seed: string) => {
    const mock = await startTestMock({ seed });
    const bodies: string[] = [];
    for (const _ of ['first', 'second', 'third']) {
      bodies.push((await send(mock, PATH, { headers: { Prefer: 'dynamic=true' } })).text);
    }
    return bodies;
  };
  const [a, b] = [await readSequence('a'), await readSequence('b')];

  expect(new Set([...a, ...b]).size).toBe(6);
  expect(await readSequence('a')).toEqual(a);
});

test('random data is not cached: the example stays, and any customer gets a body', async () => {
  const example = await send(customers, PATH);
  await getDynamic(customers, PATH, 1);

  expect((await send(customers, PATH)).text).toBe(example.text);
  expect((await getDynamic(customers, findExamplePath('unknown_customer'), 1)).status).toBe(200);
  expect((await getDynamic(customers, '/v2/customers/%ZZ', 1)).status, 'the request is still validated').toBe(400);
});

describe('a generated body without and with a seed', () => {
  test.each(['example', ...SEEDS.slice(0, 10)])(
    'fits composed schemas, without write-only members (%s)',
    async (seed) => {
      const { json, text } =
        seed === 'example' ? await send(things, '/things') : await getDynamic(things, '/things', seed);

      expect(json, text).toMatchObject({
        id: expect.stringMatching(/^thing_[a-z]{8}$/),
        tag: expect.stringMatching(/^[ab]$/),
      });
      const { labels, nested, pair = [1, ''], ...others } = json as Record<string, object>;
      expect(Object.keys(others)).toEqual(expect.not.arrayContaining(['secret']));
      expect(['id', 'tag', 'when', 'price', 'url', 'items']).toEqual(expect.arrayContaining(Object.keys(others)));
      expect(Object.keys(nested ?? {})).toEqual(expect.not.arrayContaining(['pin']));
      expect(Object.values(labels ?? {}).every(Number.isInteger)).toBe(true);
      expect(Object.values(pair).map((item) => typeof item)).toEqual(['number', 'string']);
    },
  );

  test.each(['example', ...SEEDS.slice(0, 10)])('fits recursive schemas (%s)', async (seed) => {
    const { json } = seed === 'example' ? await send(things, '/trees') : await getDynamic(things, '/trees', seed);
    const isTree = ajv.getSchema('description#/components/schemas/Tree');

    expect(isTree?.(json), JSON.stringify([json, isTree?.errors])).toBe(true);
  });

  test.each(['example', ...SEEDS.slice(0, 10)])(
    'fits formats, fractions, names and compositions (%s)',
    async (seed) => {
      const sent = seed === 'example' ? send(things, '/formats') : getDynamic(things, '/formats', seed);

      expect(await sent).toMatchObject({ status: 200, json: { part: { count: expect.any(Number) } } });
    },
  );

  test('a schema that no value fits gets 500 with the reason if random data is asked for', async () => {
    const detail = expect.stringMatching(/No body .*GET \/impossible, 200 could be generated: .* Add an example\./);

    expect(await getDynamic(things, '/impossible', 1)).toMatchObject({ status: 500, json: { detail } });
    expect(await send(things, '/impossible'), 'without it, a value is sent').toMatchObject({ status: 200 });
  });
});

test('headers without an example get values of their type', async () => {
  const { headers } = await send(things, '/things');

  expect(headers).toMatchObject({ 'x-new': expect.stringMatching(/^(true|false)$/), 'x-tags': 'a,b' });
  expect(Number(headers['x-total'])).toBeGreaterThanOrEqual(5);
});

test('an operation that documents only interim responses gets 204', async () => {
  expect(await send(things, '/interim')).toMatchObject({ status: 204, text: '' });
});

test('an example that is null is sent', async () => {
  expect(await send(things, '/nothing')).toMatchObject({ status: 200, text: 'null' });
});

test('random data without a schema gets 400 with the reason', async () => {
  expect(await getDynamic(things, '/nothing', 1)).toMatchObject({
    status: 400,
    json: { detail: expect.stringContaining('Random data needs a schema') },
  });
});

test('examples of OpenAPI 3.2 that are the text of a body are sent', async () => {
  expect((await send(things, '/texts')).json).toEqual({ a: 1 });
  expect((await send(things, '/texts', { headers: { Accept: 'application/jsonl' } })).text).toBe('{}\n{}\n');
});

describe('streams of OpenAPI 3.2', () => {
  const read = async (type: string, prefer?: string) =>
    (await send(things, '/lines', { headers: { Accept: type, ...(prefer && { Prefer: prefer }) } })).text;

  test('an item is generated in the format of the content type', async () => {
    const line = await read('application/jsonl');
    expect(line).toMatch(/^\{"count":-?\d+\}\n$/);
    expect(await read('application/json-seq')).toBe(`\u001e${line}`);
    expect(await read('application/jsonl', 'dynamic=true, seed=1')).toMatch(/^\{"count":-?\d+\}\n$/);
    expect(await read('text/event-stream', 'dynamic=true, seed=1')).toMatch(/^data: .*\n\n$/);
  });

  test('the items of an example are sent as events', async () => {
    expect(await read('text/event-stream')).toBe('event: add\nid: 7\ndata: a\ndata: b\n\ndata: {"count":2}\n\n');
  });
});
