import type { RequestListener } from 'node:http';
import { describe, expect, type TestContext, test } from 'vitest';
import type { RequestParts } from '../../src/request/operation-request.ts';
import { buildCoverage } from '../../src/run/coverage.ts';
import { json, outcome, PETS, runContextOf, tryOn } from './fixtures.ts';

const answer =
  (status: number, body: unknown, headers = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));

async function coveredBy(context: TestContext, server: RequestListener, parts: RequestParts = {}) {
  const { covered } = await tryOn(context, server, async (session) => void (await session.send(parts)));
  return Object.keys(covered);
}

describe('an exchange covers', () => {
  test.for([
    [
      'the status, the security scheme and the example in the body',
      answer(200, { name: 'Tom' }),
      ['security key', 'status 200', 'example 200 tom'],
    ],
    ['no example if the body differs', answer(200, { name: 'Tim' }), ['security key', 'status 200']],
    [
      'the headers of the response',
      answer(200, {}, { 'x-count': '1' }),
      ['security key', 'status 200', 'header 200 X-Count'],
    ],
    ['the documented class of its status', answer(404, {}), ['security key', 'status 4XX', 'example 4XX none']],
    ['no security scheme if the key was refused', answer(401, []), ['status 4XX']],
    ['no undocumented status', answer(500, {}), ['security key']],
  ] as const)('%s', async ([, server, covered], context) => {
    expect(await coveredBy(context, server)).toEqual(covered);
  });

  test('no security scheme if no key was sent', async (context) => {
    expect(await coveredBy(context, answer(200, 1), { credentials: undefined })).toEqual(['status 200']);
  });

  test('nothing if the request has another method', async (context) => {
    expect(
      await coveredBy(
        context,
        json(() => ({ name: 'Tom' })),
        { method: 'DELETE' },
      ),
    ).toEqual([]);
  });
});

test('lists every documented item with the number of times it occurred', async (context) => {
  const { description } = await runContextOf(context, 'http://127.0.0.1:9');
  const [operation] = description.operations;
  const outcomes = [
    outcome({ requests: 2, covered: { 'status 200': 2, 'security key': 1 } }),
    outcome({ requests: 1, covered: { 'status 200': 1, 'example 200 tom': 1, 'header 200 X-Count': 1 } }),
    outcome({ operation: 'getToy', requests: 9, covered: { 'status 4XX': 9 } }),
  ];

  expect(operation && buildCoverage(operation, outcomes)).toEqual({
    operation: 'getPet',
    method: 'GET',
    path: '/pets/{id}',
    requests: 3,
    statuses: [
      { name: '200', times: 3 },
      { name: '4XX', times: 0 },
    ],
    headers: [{ name: '200 X-Count', times: 1 }],
    examples: [
      { name: '200 tom', times: 1 },
      { name: '4XX none', times: 0 },
    ],
    securitySchemes: [{ name: 'key', times: 1 }],
  });
});

describe('a documented 5xx status', () => {
  const { get } = PETS.paths['/pets/{id}'];
  const down = { description: 'Down.', headers: { 'Retry-After': { schema: { type: 'integer' } } } };
  const failing = (parameters: object[] = get.parameters, examples = {}) => ({
    ...PETS,
    paths: {
      '/pets/{id}': {
        get: {
          ...get,
          parameters,
          responses: {
            200: { description: 'A pet.' },
            503: { ...down, content: { 'application/json': { examples } } },
          },
        },
      },
    },
  });

  async function coverageBy(context: TestContext, document: object, occurred: Readonly<Record<string, number>>) {
    const { description } = await runContextOf(context, 'http://127.0.0.1:9', document);
    const [operation] = description.operations;
    return operation && buildCoverage(operation, [outcome({ requests: 2, covered: occurred })]);
  }

  test('is not listed if it never occurred, because no request can trigger it', async (context) => {
    expect(await coverageBy(context, failing(), { 'status 200': 2 })).toMatchObject({
      statuses: [{ name: '200', times: 2 }],
      headers: [],
    });
  });

  test('is listed if it occurred', async (context) => {
    expect(await coverageBy(context, failing(), { 'status 200': 1, 'status 503': 1 })).toMatchObject({
      statuses: [
        { name: '200', times: 1 },
        { name: '503', times: 1 },
      ],
      headers: [{ name: '503 Retry-After', times: 0 }],
    });
  });

  test('is listed if an example asks for it', async (context) => {
    const [id] = get.parameters;
    const asked = failing([{ ...id, examples: { broken: { value: '13' } } }], { broken: { value: {} } });

    expect(await coverageBy(context, asked, { 'status 200': 2 })).toMatchObject({
      statuses: [
        { name: '200', times: 2 },
        { name: '503', times: 0 },
      ],
      examples: [{ name: '503 broken', times: 0 }],
    });
  });
});
