import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN, type Scenario } from '@firstofficer/mock';
import { createOperation } from '@firstofficer/openapi/testing';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createScenarioList } from '../src/engine/scenarios.ts';
import { encodeBasic, findExamplePath, send, startMockForFile, startTestMock } from './support.ts';

const mock = await startMockForFile({ seed: 'scenarios' });
const PATH = findExamplePath('stripe_id');
const OTHER_PATH = findExamplePath('lost_customer');
const customer = decodeURIComponent(PATH.split('/').at(-1) ?? '');

beforeEach(() => mock.reset());

async function getStatuses(count: number, path = PATH): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await send(mock, path)).status);
  return statuses;
}

test('a scenario without conditions answers every request', async () => {
  mock.use({ answer: { code: 503, retryAfter: 0 } });

  expect(await getStatuses(2)).toEqual([503, 503]);
  expect((await send(mock, OTHER_PATH)).headers['retry-after']).toBe('0');
});

test('answers are sent in sequence, and a sequence without times starts again', async () => {
  mock.use({ answer: [{ code: 429 }, {}, { code: 503 }] });

  expect(await getStatuses(7)).toEqual([429, 200, 503, 429, 200, 503, 429]);
});

test('requests that are sent together get the answers in the order of arrival', async () => {
  mock.use({ answer: [{ code: 429 }, { code: 503 }, { code: 500 }, {}], times: 1 });
  const request = (last: boolean) =>
    `GET ${PATH} HTTP/1.1\r\nHost: a\r\nAuthorization: ${encodeBasic(DEFAULT_TOKEN)}\r\n${last ? 'Connection: close\r\n' : ''}\r\n`;
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1').setEncoding('utf8');
  socket.write([false, false, false, true].map(request).join(''));

  const text = (await socket.toArray()).join('');
  expect(text.match(/(?<=HTTP\/1\.1 )\d+/g)).toEqual(['429', '503', '500', '200']);
});

test('times limits how often the whole sequence runs', async () => {
  mock.use({ answer: [{ code: 429 }, { code: 503 }], times: 2 });

  expect(await getStatuses(6)).toEqual([429, 503, 429, 503, 200, 200]);
});

test('a scenario applies to the requests with its operation and parameters', async () => {
  mock.use({ operation: 'retrieveCustomer', parameters: { customer }, answer: { code: 503 } });

  expect(await getStatuses(1)).toEqual([503]);
  expect(await getStatuses(1, OTHER_PATH)).toEqual([200]);
});

test('the newest matching scenario gives the answer, and an older one when it is used up', async () => {
  mock.use({ answer: { code: 500 } });
  mock.use({ parameters: { customer }, answer: { code: 503 }, times: 1 });

  expect(await getStatuses(1, OTHER_PATH)).toEqual([500]);
  expect(await getStatuses(2)).toEqual([503, 500]);
});

test('a preference of the request comes before scenarios and does not count', async () => {
  mock.use({ answer: { code: 503 }, times: 1 });

  expect((await send(mock, PATH, { headers: { Prefer: 'code=404' } })).status).toBe(404);
  expect(await getStatuses(2)).toEqual([503, 200]);
});

test('a request without the key does not count', async () => {
  mock.use({ answer: { code: 503 }, times: 1 });

  expect((await send(mock, PATH, { headers: { Authorization: 'Bearer other' } })).status).toBe(401);
  expect(await getStatuses(2)).toEqual([503, 200]);
});

test('a scenario can replace headers and the body', async () => {
  const headers = { 'Content-Type': 'text/html', 'X-Request-Id': null };
  mock.use({ answer: [{ code: 502, headers, body: '<h1>Bad Gateway</h1>' }, { body: { ok: true } }] });

  // `send` would parse the HTML as JSON.
  const html = await fetch(mock.url + PATH, { headers: { Authorization: 'Token token="YourTokenHere"' } });
  expect(html.status).toBe(502);
  expect(html.headers.get('content-type')).toBe('text/html');
  expect(html.headers.has('x-request-id')).toBe(false);
  expect(await html.text()).toBe('<h1>Bad Gateway</h1>');
  const json = await send(mock, PATH);
  expect(json.status).toBe(200);
  expect(json.json).toEqual({ ok: true });
  expect(json.headers['content-type']).toMatch(/^application\/json/);
});

test('a replaced body has an ETag of its own', async () => {
  const normal = await send(mock, PATH);
  mock.use({ answer: { body: { ok: true } } });
  const replaced = await send(mock, PATH, { headers: { 'If-None-Match': normal.headers.etag ?? '' } });

  expect(replaced.status).toBe(200);
  expect(replaced.headers.etag).not.toBe(normal.headers.etag);
});

test('rate decides by the seed: the same requests fail in each run', async () => {
  const scenario: Scenario = { answer: { code: 503 }, rate: 0.3, seed: 7 };
  mock.use(scenario);
  const first = await getStatuses(40);
  mock.reset();
  mock.use(scenario);

  expect(await getStatuses(40)).toEqual(first);
  expect(new Set(first)).toEqual(new Set([200, 503]));
});

test('rate 0 takes no request, and rate 1 takes every request', async () => {
  mock.use({ answer: { code: 500 }, rate: 1 });
  mock.use({ answer: { code: 503 }, rate: 0 });

  expect(await getStatuses(3)).toEqual([500, 500, 500]);
});

test('reset returns to the initial scenarios, which start again', async () => {
  const started = await startTestMock({ scenarios: [{ answer: { code: 503 }, times: 1 }] });
  const statuses = async () => [(await send(started, PATH)).status, (await send(started, PATH)).status];
  expect(await statuses()).toEqual([503, 200]);
  started.use({ answer: { code: 500 } });
  expect(await statuses()).toEqual([500, 500]);
  started.reset();

  expect(await statuses()).toEqual([503, 200]);
});

test('a change of the object after use has no effect', async () => {
  const answer = { code: 503 };
  mock.use({ answer });
  answer.code = 500;

  expect(await getStatuses(1)).toEqual([503]);
});

test('query and header parameters select requests, by their decoded values', async () => {
  const spec = fileURLToPath(new URL('scenarios.openapi.yaml', import.meta.url));
  const things = await startTestMock({ spec });
  things.use({ parameters: { 'X-Lang': 'de' }, answer: { code: 429 } });
  things.use({ operation: 'listThings', parameters: { limit: 5 }, answer: { code: 503 } });
  things.use({ parameters: { name: 'a b/ü' }, answer: { code: 500 } });
  things.use({ parameters: { 'filter[status]': 'open' }, answer: { code: 418 } });
  const status = async (path: string, headers = {}) => (await send(things, path, { headers })).status;

  expect(await status('/things')).toBe(200);
  expect(await status('/things?limit=5')).toBe(503);
  expect(await status('/things?limit=6')).toBe(200);
  expect(await status('/things', { 'x-lang': 'de' })).toBe(429);
  expect(await status('/things/a%20b%2F%C3%BC')).toBe(500);
  expect(await status('/things?filter%5Bstatus%5D=open')).toBe(418);
  // A parameter that is given several times has each of its values.
  expect(await status('/things?limit=6&limit=5')).toBe(503);
});

test.each<{ scenario: unknown; message: string }>(
  (
    [
      [undefined, 'scenarios[0] is missing. It must be an object with the members operation, parameters, answer'],
      [{}, 'scenarios[0].answer is missing. It must be an object with some of the members code, example'],
      [{ answer: [] }, 'scenarios[0].answer is a list. It must contain at least one answer.'],
      [{ answer: {}, tims: 2 }, 'scenarios[0].tims is unknown. Valid members: operation, parameters, answer, times'],
      [{ answer: { cod: 1 } }, 'scenarios[0].answer.cod is unknown. Valid members: code, example'],
      [
        { answer: {}, operation: 'retrieve' },
        'scenarios[0].operation is "retrieve". It must be one of retrieveCustomer.',
      ],
      [{ answer: {}, parameters: { id: 1 } }, 'scenarios[0].parameters.id is unknown. Valid names: customer.'],
      [
        { answer: {}, parameters: { customer: {} } },
        'scenarios[0].parameters.customer is an object. It must be a text',
      ],
      [{ answer: {}, parameters: [] }, 'scenarios[0].parameters is a list. It must be an object'],
      [
        { answer: [{}, { code: 600 }] },
        'scenarios[0].answer[1].code is 600. It must be a whole number from 200 to 599.',
      ],
      [
        { answer: { example: 'x' } },
        'scenarios[0].answer.example is "x". It must be an example of the response, but the',
      ],
      [{ answer: { delay: -1 } }, 'scenarios[0].answer.delay is -1. It must be a whole number from 0 to 600000.'],
      [{ answer: { drop: 'all' } }, 'scenarios[0].answer.drop is "all". It must be headers or body.'],
      [
        { answer: { headers: { 'Content-Length': '1' } } },
        'scenarios[0].answer.headers.Content-Length is set by the mock itself. Remove it.',
      ],
      [
        { answer: { headers: { 'X-A': '1', 'Retry-After': 5 } } },
        'scenarios[0].answer.headers.Retry-After is 5. It must be a text of Latin-1 characters',
      ],
      [{ answer: { headers: { 'X A': '1' } } }, 'scenarios[0].answer.headers.X A is not the name of a header.'],
      [{ answer: { headers: [] } }, 'scenarios[0].answer.headers is a list. It must be an object with a value'],
      [{ answer: { body: 1n } }, 'scenarios[0].answer.body'],
      [{ answer: {}, times: 0 }, 'scenarios[0].times is 0. It must be a whole number from 1 to'],
      [{ answer: {}, rate: 2 }, 'scenarios[0].rate is 2. It must be a number from 0 to 1.'],
      [{ answer: {}, rate: Number.NaN }, 'scenarios[0].rate'],
      [{ answer: {}, seed: '' }, 'scenarios[0].seed is "". It must be a number or a text'],
    ] satisfies [unknown, string][]
  ).map(([scenario, message]) => ({ scenario, message })),
)('use throws: $message', async ({ scenario, message }) => {
  expect(() => mock.use(scenario as Scenario)).toThrow(message);
  expect(await getStatuses(1)).toEqual([200]);
});

test('an error lists every fault, and the mock does not start with an invalid scenario', async () => {
  const scenarios = [{ answer: {} }, { answer: { code: 1, delay: -1 }, times: 0 }] as Scenario[];

  await expect(startTestMock({ scenarios })).rejects.toThrow(
    /^scenarios\[1\]\.answer\.code.*\nscenarios\[1\]\.answer\.delay.*\nscenarios\[1\]\.times.*$/,
  );
});

test('an error lists at most 20 faults', () => {
  const answer = Array.from({ length: 30 }, () => ({ code: 1 }));

  expect(() => mock.use({ answer })).toThrow(/^(scenarios\[0\]\.answer\[\d+\].*\n){20}scenarios has more errors\.$/);
});

test('parameters of different operations cannot be combined', async () => {
  const spec = fileURLToPath(new URL('scenarios.openapi.yaml', import.meta.url));
  const things = await startTestMock({ spec });

  expect(() => things.use({ parameters: { limit: 1, name: 'x' }, answer: {} })).toThrow(
    'scenarios[0].parameters is an object. It must contain parameters of one operation only.',
  );
});

test('a scenario of no particular operation applies to the operations that have its examples', async () => {
  const spec = fileURLToPath(new URL('scenarios.openapi.yaml', import.meta.url));
  const things = await startTestMock({ spec });
  things.use({ answer: [{ example: 'second' }, { code: 503 }], times: 1 });

  expect(await send(things, '/things')).toMatchObject({ status: 200, json: [] });
  expect(await send(things, '/things/a')).toMatchObject({ status: 200, json: 2 });
  expect(await send(things, '/things')).toMatchObject({ status: 200 });
  expect(await send(things, '/things/a')).toMatchObject({ status: 503 });
  expect(() => things.use({ answer: { example: 'third' } })).toThrow('scenarios[0].answer.example is "third". It must');
  // No operation has both examples.
  expect(() => things.use({ answer: [{ example: 'second' }, { example: 'created' }] })).toThrow(
    'It must be an example of the response, but the response of createThing has created.',
  );
});

async function writeScenarios(text: string): Promise<string> {
  return join(await createTemporaryFolder({ onTestFinished }, { 'scenarios.yaml': text }), 'scenarios.yaml');
}

test.each(['- answer: { code: 503 }', '[{ "answer": { "code": 503 } }]'])('a file is read: %s', async (text) => {
  const started = await startTestMock({ scenarios: await writeScenarios(text) });

  expect((await send(started, PATH)).status).toBe(503);
});

test.each([
  ['- answer: [', /scenarios\.yaml:1: /],
  ['- answer: {}\n  answer: {}\n', /scenarios\.yaml:2: has the property "answer" twice/],
  [
    '- answer: {}\n  parameters: { customer: 12345678901234567890 }\n',
    /scenarios\.yaml:2: customer is a number that JSON/,
  ],
  ['- answer: { body: !!timestamp 2026-01-01 }', /scenarios\.yaml:1: is not valid: Unresolved tag/],
  ['- answer: { body: *a }', /scenarios\.yaml:1: has the alias \*a without its anchor/],
  ['- answer: { body: a\0b }', /scenarios\.yaml:1: is not UTF-8\. Save the file as UTF-8/],
  ['answer: {}', /scenarios\.yaml:1: scenarios is an object\. It must be a list\./],
  ['', /scenarios\.yaml:1: scenarios is null\. It must be a list\./],
  ['- answer: &a\n    body: *a\n', /scenarios\.yaml:2: scenarios\[0\]\.answer\.body/],
  ['- answer: {}\n---\n- answer: {}\n', /scenarios\.yaml:2: /],
])('the file %j is reported with its name and line', async (text, message) => {
  await expect(startTestMock({ scenarios: await writeScenarios(text) })).rejects.toThrow(message);
});

test('of a file with many errors, 20 are listed', async () => {
  const scenarios = await writeScenarios('- answer: {code: 1}\n'.repeat(30));

  await expect(startTestMock({ scenarios })).rejects.toThrow(
    /^the scenarios have more than 20 errors\. .*(\n.*scenarios\.yaml:\d+: scenarios\[\d+\]\.answer\.code is 1\. .*){20}$/,
  );
});

test('a file that does not exist is reported', async () => {
  await expect(startTestMock({ scenarios: '/no-such.yaml' })).rejects.toThrow(
    'cannot read the scenarios in /no-such.yaml (ENOENT). Check the path.',
  );
});

test('reload keeps scenarios, their counts and the requests', async () => {
  const { file, write } = await createSpec();
  const started = await startTestMock({ spec: file });
  started.use({ operation: 'listThings', answer: [{ code: 429 }, { code: 503 }], times: 1 });
  expect((await send(started, '/things')).status).toBe(429);
  write(SPEC_TEXT.replace('example: []', 'example: [1]'));
  await started.reload();

  expect((await send(started, '/things')).status).toBe(503);
  expect((await send(started, '/things')).json).toEqual([1]);
  expect(started.requests()).toHaveLength(3);
});

test('reload fails, and the mock continues as before, if the operation of a scenario is gone', async () => {
  const { file, write } = await createSpec();
  const started = await startTestMock({ spec: file });
  started.use({ operation: 'listThings', answer: { code: 503 } });
  write(SPEC_TEXT.replace('listThings', 'getThings'));

  await expect(started.reload()).rejects.toThrow(
    'scenarios[0].operation is "listThings". It must be one of getThings,',
  );
  expect((await send(started, '/things')).status).toBe(503);
  started.reset();
  await started.reload();
  expect((await send(started, '/things')).status).toBe(200);
  expect(started.requests({ operation: 'getThings' })).toHaveLength(1);
});

const SPEC_TEXT = readFileSync(new URL('scenarios.openapi.yaml', import.meta.url), 'utf8');

/** Writes the description to a file that can be changed. */
async function createSpec() {
  const file = join(await createTemporaryFolder({ onTestFinished }), 'openapi.yaml');
  const write = (text: string) => writeFileSync(file, text);
  write(SPEC_TEXT);
  return { file, write };
}

test('1,000 draws take the share of the requests that rate says, and depend on the seed', () => {
  const draw = (seed: string) => {
    const list = createScenarioList([{ answer: { code: 503 }, rate: 0.25 }], seed);
    return Array.from({ length: 1000 }, () => list.find(createOperation(), {}) !== undefined);
  };
  const count = (draws: readonly boolean[]) => draws.filter(Boolean).length;

  expect(draw('one')).toEqual(draw('one'));
  expect(draw('one')).not.toEqual(draw('two'));
  for (const seed of ['one', 'two', '0', '1']) expect(Math.abs(count(draw(seed)) - 250)).toBeLessThan(60);
});

test('the same seed gives the same random data, also after reset', async () => {
  const spec = fileURLToPath(new URL('scenarios.openapi.yaml', import.meta.url));
  const started = await startTestMock({ spec, seed: 'data' });
  started.use({ operation: 'getThing', answer: { dynamic: true } });
  const read = async () => [(await send(started, '/things/a')).json, (await send(started, '/things/b')).json];
  const first = await read();
  started.reset();
  started.use({ operation: 'getThing', answer: { dynamic: true } });

  expect(await read()).toEqual(first);
  expect(first[0]).not.toEqual(first[1]);
});
