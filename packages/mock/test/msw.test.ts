import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInNewContext, Script } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN, type Scenario, startMock } from '@firstofficer/mock';
import { createMockHandlers, type MockHandlers } from '@firstofficer/mock/msw';
import { type BuildOptions, build } from 'esbuild';
import { getResponse, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeBasic, PAIRS } from './support.ts';

const SHOP_FILE = fileURLToPath(new URL('shop.openapi.yaml', import.meta.url));
const API = 'https://api.firstofficer.io';
const CUSTOMER = '/v2/customers/cus_1234ABCD';
const AUTHORIZATION = encodeBasic(DEFAULT_TOKEN);

/** Bundles the browser entry, without MSW. Fails if the entry needs one of Node's modules. */
async function bundleBrowserEntry(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/msw/browser.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'browser',
    external: ['msw'],
    conditions: ['@firstofficer/source'],
    logLevel: 'silent',
    ...options,
  });
  return outputFiles?.[0]?.text ?? '';
}

type Create = (options?: { baseUrl?: string; examples?: object[]; scenarios?: Scenario[] }) => Promise<MockHandlers>;

/** Runs the browser entry in a context that has only what browsers have, and in which code cannot create code. */
async function loadInBrowser(): Promise<Create> {
  const code = await bundleBrowserEntry({ format: 'cjs' });
  const ofLanguage: string[] = runInNewContext('Object.getOwnPropertyNames(globalThis)');
  const ofNode = ['Buffer', 'clearImmediate', 'global', 'process', 'setImmediate'];
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => ![...ofLanguage, ...ofNode].includes(name));
  const module: { exports: { createMockHandlers?: Create } } = { exports: {} };
  const context = createContext(
    {
      ...Object.fromEntries(names.map((name) => [name, Reflect.get(globalThis, name)])),
      location: { href: `${API}/page` },
      module,
      require: () => ({ http, HttpResponse }),
      // MSW recognizes patterns by this constructor.
      RegExp,
    },
    { codeGeneration: { strings: false, wasm: false } },
  );
  new Script(code).runInContext(context);
  return module.exports.createMockHandlers ?? expect.fail('the entry exports no createMockHandlers');
}

const options = { scenarios: [{ parameters: { customer: 'scenario' }, answer: { code: 418 } }], seed: 'a' };
const server = await startMock(options);
const node = await createMockHandlers(options);
const msw = setupServer(...node.handlers);
msw.listen({ onUnhandledFrame: 'bypass' });
const createInBrowser = await loadInBrowser();
const browser = await createInBrowser(options);
afterAll(async () => {
  msw.close();
  await server.close();
});
const mocks = [server, node, browser];
beforeEach(() => {
  for (const mock of mocks) mock.reset();
});

/** Sends a request to the server, to MSW in Node and to MSW in a browser. */
function sendToAll(target: string, init: RequestInit = {}): Promise<unknown>[] {
  const withKey = { ...init, headers: { Authorization: AUTHORIZATION, ...init.headers } };
  return [
    describeResponse(fetch(`${server.url}${target}`, withKey)),
    describeResponse(fetch(`${API}${target}`, withKey)),
    describeResponse(sendToBrowser(target, withKey)),
  ];
}

async function sendToBrowser(target: string, init: RequestInit): Promise<Response> {
  const response = await getResponse([...browser.handlers], new Request(`${API}${target}`, init));
  if (response?.type === 'error') throw new TypeError('Failed to fetch');
  return response ?? expect.fail('no handler matches');
}

// Headers of the connection or for pages of other origins, and the ID of the response.
const OTHER_HEADERS = /^(access-control-.*|connection|date|keep-alive|transfer-encoding|x-request-id)$/;

/** Returns what a client sees of a response: status, headers and body, or that it is cut. */
async function describeResponse(sent: Promise<Response>): Promise<unknown> {
  const response = await sent.catch(() => undefined);
  if (!response) return 'no response';
  const headers = [...response.headers].filter(([name]) => !OTHER_HEADERS.test(name));
  const body = await response.text().catch(() => 'cut');
  return { status: response.status, headers: Object.fromEntries(headers), body };
}

async function expectSameResponses(target: string, init?: RequestInit): Promise<void> {
  const [fromServer, fromNode, fromBrowser] = await Promise.all(sendToAll(target, init));
  expect(fromNode).toEqual(fromServer);
  expect(fromBrowser).toEqual(fromServer);
}

describe('MSW in Node and in a browser respond as the server does', () => {
  test.each(PAIRS)('to the example $name', async ({ path, status }) => {
    await expectSameResponses(path);
    expect(node.requests()[0]?.status).toBe(Number(status));
  });

  test.each([
    ['invalid encoding', '/v2/customers/%ZZ'],
    ['encoded characters and a query', '/v2/customers/%C3%A9%F0%9F%98%80?a=1&a=2'],
    ['1,024 characters', `/v2/customers/${'%F0%9F%98%80'.repeat(1024)}`],
    ['1,025 characters', `/v2/customers/${'x'.repeat(1025)}`],
    ['an initial scenario', '/v2/customers/scenario'],
    ['another path below', '/v2/customers/a/b'],
    ['an unknown path, a query and a fragment', '/unknown?x=1#fragment'],
    ['the root', '/'],
    ['an empty path', ''],
  ])('to a target with %s', (_, target) => expectSameResponses(target));

  test.each([
    'code=304',
    'code=204',
    'code=205',
    'code=205, drop=body',
    'code=302',
    'code=401',
    'code=429',
    'code=429, retry-after=0',
    'code=502',
    'code=599, delay=1',
    'example=lost_customer',
    'drop=headers',
    'drop=body',
    'code=304, drop=body',
    'fail=1',
    'unknown=1',
  ])('to Prefer: %s', (Prefer) => expectSameResponses(CUSTOMER, { headers: { Prefer } }));

  test('to requests for random data, which only Node generates', async () => {
    const init = { headers: { Prefer: 'dynamic=true, seed=1' } };
    const [fromServer, fromNode, fromBrowser] = await Promise.all(sendToAll(CUSTOMER, init));
    expect(fromServer).toMatchObject({ status: 200 });
    expect(fromNode).toEqual(fromServer);
    expect(fromBrowser).toMatchObject({ status: 500, body: expect.stringContaining('Use the mock in Node') });
  });

  test.each(['HEAD', 'POST', 'DELETE', 'OPTIONS', 'QUERY'])('to the method %s', (method) =>
    expectSameResponses(CUSTOMER, { method }),
  );

  test('to other keys', async () => {
    await expectSameResponses(CUSTOMER, { headers: { Authorization: encodeBasic('other') } });
    await expectSameResponses(CUSTOMER, { headers: { Authorization: 'Basic ????' } });
    await expectSameResponses(CUSTOMER, { headers: { Authorization: `Token token="${DEFAULT_TOKEN}"` } });
  });

  test('to a known ETag', async () => {
    const etag = (await fetch(`${API}${CUSTOMER}`, { headers: { Authorization: AUTHORIZATION } })).headers.get('etag');
    const [response] = await Promise.all(sendToAll(CUSTOMER, { headers: { 'If-None-Match': etag ?? '' } }));
    expect(response).toMatchObject({ status: 304, body: '' });
    await expectSameResponses(CUSTOMER, { headers: { 'If-None-Match': etag ?? '' } });
  });

  test('to scenarios, and record the same requests', async () => {
    for (const mock of mocks) {
      mock.use({ answer: [{ code: 503, retryAfter: 0 }, { drop: 'body' }, { body: '<h1>', headers: { ETag: null } }] });
      mock.use({ answer: { code: 429 }, rate: 0.5, times: 3 });
    }
    for (let count = 0; count < 8; count += 1) await expectSameResponses(CUSTOMER);
    await expectSameResponses('/v2/customers/');
    await expectSameResponses(`/v2/customers/${'x'.repeat(1025)}`);
    await expectSameResponses('/v2/customers/%ZZ');

    const [fromServer, ...others] = mocks.map((mock) =>
      mock.requests().map(({ receivedAt, milliseconds, ...request }) => request),
    );
    expect(fromServer).toHaveLength(11);
    for (const requests of others) expect(requests).toEqual(fromServer);
  });
});

test('a delayed response ends when the client aborts', async () => {
  node.use({ answer: { delay: 600_000 } });
  const sent = fetch(`${API}${CUSTOMER}`, {
    headers: { Authorization: AUTHORIZATION },
    signal: AbortSignal.timeout(50),
  });

  await expect(sent).rejects.toThrow('timeout');
  expect(node.requests()).toHaveLength(1);
});

describe('options', () => {
  async function getStatus(mock: MockHandlers, url: string, key = DEFAULT_TOKEN): Promise<number | undefined> {
    const request = new Request(url, { headers: { Authorization: encodeBasic(key) } });
    return (await getResponse([...mock.handlers], request))?.status;
  }

  test.each([
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010', 'http://127.0.0.1:40100'],
    ['http://127.0.0.1:4010/', 'http://127.0.0.1:4010', 'http://127.0.0.1'],
    ['https://example.com/a.b/(c)', 'https://example.com/a.b/(c)', 'https://example.com/a.b/(c)d'],
    ['HTTPS://EXAMPLE.com', 'https://example.com', 'https://example.com.other'],
  ])('baseUrl is %s', async (baseUrl, url, other) => {
    const mock = await createInBrowser({ baseUrl });
    expect(await getStatus(mock, `${url}${CUSTOMER}`)).toBe(200);
    expect(await getStatus(mock, `${url}/other`)).toBe(404);
    expect(await getStatus(mock, `${other}${CUSTOMER}`)).toBeUndefined();
  });

  test('a browser resolves baseUrl against the page', async () => {
    const mock = await createInBrowser({ baseUrl: '/api' });
    expect(await getStatus(mock, `${API}/api${CUSTOMER}`)).toBe(200);
  });

  test.each(['/api', 'ftp://example.com'])('baseUrl %j is invalid', async (baseUrl) => {
    await expect(createMockHandlers({ baseUrl })).rejects.toThrow(
      `baseUrl is ${JSON.stringify(baseUrl)}. Set it to the URL of the API`,
    );
  });

  test('token', async () => {
    const mock = await createMockHandlers({ token: 'sesame' });
    expect(await getStatus(mock, `${API}${CUSTOMER}`, 'sesame')).toBe(200);
    expect(await getStatus(mock, `${API}${CUSTOMER}`)).toBe(401);
    await expect(createMockHandlers({ token: 'a b' })).rejects.toThrow('token must be');
  });

  test('spec', async () => {
    const mock = await createMockHandlers({ spec: SHOP_FILE, baseUrl: 'https://shop.example' });
    expect(await getStatus(mock, 'https://shop.example/health')).toBe(200);
  });

  test('spec with headers that cannot be sent as they are', async (context) => {
    const text = `openapi: 3.1.0
servers: [{ url: https://text.example/v1/ }]
paths:
  /text:
    get:
      responses:
        '200':
          description: A
          headers: { content-length: { example: 7 }, Transfer-Encoding: { example: chunked } }
          content: { text/plain: { example: text } }
  /bad:
    get: { responses: { '200': { description: A, headers: { X-Bad: { example: "a\\nb" } } } } }
`;
    const folder = await createTemporaryFolder(context, { 'openapi.yaml': text });
    const mock = await createMockHandlers({ spec: join(folder, 'openapi.yaml') });
    const response = await getResponse([...mock.handlers], new Request('https://text.example/v1/text'));

    expect(Object.fromEntries(response?.headers ?? [])).toEqual({
      'content-length': '4',
      'content-type': 'text/plain',
    });
    expect(await getStatus(mock, 'https://text.example/v1/bad')).toBe(500);
    expect(mock.requests().map(({ status }) => status)).toEqual([200, 500]);
  });

  test('spec without a server', async (context) => {
    const folder = await createTemporaryFolder(context, { 'openapi.yaml': 'openapi: 3.1.0\npaths: {}\n' });
    await expect(createMockHandlers({ spec: join(folder, 'openapi.yaml') })).rejects.toThrow(
      'baseUrl is missing, and the description has no server. Set it to the URL of the API',
    );
  });

  test.each([
    [{ object: 'customer', id: 7, stripe_id: 'cus_7', currency: 'usd' }, 'current_mrr'],
    [{ stripe_id: 7 }, 'stripe_id'],
    [{ ...(PAIRS.find(({ name }) => name === 'stripe_id')?.body as object), currency: 'USD' }, 'currency'],
  ])('examples are checked in Node and in a browser: %j', async (customer, member) => {
    const [inNode, inBrowser] = await Promise.all(
      [createMockHandlers, createInBrowser].map((create) =>
        create({ examples: [customer] }).then(
          () => expect.fail('the example is accepted'),
          (error: Error) => error.message.split('\n').toSorted(),
        ),
      ),
    );
    expect(inNode?.join('\n')).toContain(member);
    expect(inBrowser).toEqual(inNode);
  });

  test('examples come before those of the description', async () => {
    const example = { ...(PAIRS.find(({ name }) => name === 'stripe_id')?.body as object), id: 7, extra_id: 'seven' };
    for (const create of [createMockHandlers, createInBrowser]) {
      const mock = await create({ examples: [example] });
      const request = new Request(`${API}/v2/customers/seven`, { headers: { Authorization: AUTHORIZATION } });
      expect(await (await getResponse([...mock.handlers], request))?.json()).toEqual(example);
    }
  });
});

test('the entry for browsers is small and does not create code from text', async () => {
  const code = await bundleBrowserEntry({ format: 'esm', minify: true });

  expect(code).not.toMatch(/\bnew Function\b|\beval\(|node:|require\(/);
  expect(brotliCompressSync(code).length).toBeLessThan(25_000);
});
