import type { RequestListener } from 'node:http';
import type { Operation } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, type TestContext, test } from 'vitest';
import type { RequestParts } from '../../src/request/operation-request.ts';
import { buildCoverage } from '../../src/run/coverage.ts';
import { createRunContext, findOperation, outcome, runOn, tally } from './fixtures.ts';

const respondWith =
  (status: number, body: unknown, headers = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));

const { responses } = findOperation(await createRunContext(), 'listNotes');
const page = responses['200']?.content?.['application/json']?.examples?.firstPage?.value;
const withClass = createOperation({
  responses: {
    '4XX': { description: 'No pet.', content: { 'application/json': { examples: { none: { value: {} } } } } },
  },
});

interface Covering {
  readonly parts?: RequestParts;
  readonly operation?: Operation;
}

async function listCoveredBy(context: TestContext, server: RequestListener, { parts, ...options }: Covering) {
  const { tallies } = await runOn(context, server, async (session) => void (await session.send(parts)), options);
  return Object.values(tallies).flatMap(({ covered }) => Object.keys(covered));
}

describe('an exchange covers', () => {
  test.for([
    [
      'the status, the security scheme and the example in the body',
      respondWith(200, page),
      {},
      ['security basicAuth', 'status 200', 'example 200 firstPage'],
    ],
    ['no example if the body differs', respondWith(200, {}), {}, ['security basicAuth', 'status 200']],
    [
      'the headers of the response, and no security scheme if the key was refused',
      respondWith(401, [], { 'www-authenticate': 'Basic' }),
      {},
      ['status 401', 'header 401 WWW-Authenticate'],
    ],
    [
      'the documented class of its status',
      respondWith(404, {}),
      { operation: withClass },
      ['status 4XX', 'example 4XX none'],
    ],
    ['no undocumented status', respondWith(500, {}), {}, ['security basicAuth']],
    [
      'no security scheme if no key was sent',
      respondWith(200, 1),
      { parts: { credentials: undefined } },
      ['status 200'],
    ],
    ['nothing if the request has another method', respondWith(200, page), { parts: { method: 'DELETE' } }, []],
  ] as const)('%s', async ([, server, options, covered], context) => {
    expect(await listCoveredBy(context, server, options)).toEqual(covered);
  });
});

test('lists every documented item with the number of times it occurred', async () => {
  const outcomes = [
    outcome({ tallies: { listNotes: tally({ requests: 2, covered: { 'status 200': 2, 'security basicAuth': 1 } }) } }),
    outcome({
      operation: 'createNote',
      tallies: {
        listNotes: tally({
          covered: { 'status 200': 1, 'example 200 firstPage': 1, 'header 401 WWW-Authenticate': 1 },
        }),
        createNote: tally({ requests: 9, covered: { 'status 400': 9 } }),
      },
    }),
  ];

  expect(buildCoverage(findOperation(await createRunContext(), 'listNotes'), outcomes)).toEqual({
    operation: 'listNotes',
    method: 'GET',
    path: '/v1/notes',
    requests: 3,
    statuses: [
      { name: '200', times: 3 },
      { name: '400', times: 0 },
      { name: '401', times: 0 },
    ],
    headers: [{ name: '401 WWW-Authenticate', times: 1 }],
    examples: [
      { name: '200 firstPage', times: 1 },
      { name: '200 lastPage', times: 0 },
      { name: '400 invalidPage', times: 0 },
      { name: '401 unauthorized', times: 0 },
    ],
    securitySchemes: [
      { name: 'basicAuth', times: 1 },
      { name: 'tokenAuth', times: 0 },
    ],
  });
});

describe('a documented 5xx status', () => {
  const operation = createOperation({
    responses: {
      200: { description: 'A pet.' },
      503: {
        description: 'Down.',
        headers: { 'Retry-After': {} },
        content: { 'application/json': { examples: { broken: { value: {} } } } },
      },
    },
  });
  const withExamplePair = {
    ...operation,
    parameters: [{ name: 'id', in: 'path', examples: { broken: { value: '13' } } }] as const,
  };

  test.each([
    ['is not listed if it never occurred, because no request can trigger it', operation, {}, {}],
    ['is listed if it occurred', operation, { 'status 503': 1 }, { 503: 1 }],
    ['is listed if an example asks for it', withExamplePair, {}, { 503: 0 }],
  ])('%s', (_, documented, occurred, expected) => {
    const covered = { 'status 200': 2, ...occurred };
    const { statuses, headers, examples } = buildCoverage(documented, [
      outcome({ tallies: { getPet: tally({ covered }) } }),
    ]);
    const isListed = '503' in expected;

    expect(Object.fromEntries(statuses.map(({ name, times }) => [name, times]))).toEqual({ 200: 2, ...expected });
    expect(headers).toEqual(isListed ? [{ name: '503 Retry-After', times: 0 }] : []);
    expect(examples).toEqual(isListed ? [{ name: '503 broken', times: 0 }] : []);
  });
});
