import { fileURLToPath } from 'node:url';
import { createContext, runInNewContext, Script } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import { type BrowserMock, type BrowserRequest, DEFAULT_TOKEN } from '@firstofficer/mock/engine';
import { renderOperations, renderParameterValidators } from '@firstofficer/mock/generate';
import { loadDescription } from '@firstofficer/openapi';
import { type BuildOptions, build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { encodeBasic, PAIRS, SPEC_FILE, send, startMockForFile } from './support.ts';

/** Bundles the entry and the modules of a description, as a page does. */
async function bundle(spec: string, options: BuildOptions): Promise<string> {
  const description = await loadDescription(spec);
  const modules: Readonly<Record<string, string>> = {
    'operations.ts': renderOperations(description),
    'parameters.ts': renderParameterValidators(description.operations),
  };
  const { outputFiles } = await build({
    stdin: {
      contents: `import { createBrowserMock } from '@firstofficer/mock/engine';
        import { operations } from 'described:operations.ts';
        import { validators } from 'described:parameters.ts';
        export const mock = createBrowserMock({ operations, validators });`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    platform: 'browser',
    conditions: ['@firstofficer/source'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'described',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^described:/ }, ({ path }) => ({ path: path.slice(10), namespace: 'described' }));
          onLoad({ filter: /.*/, namespace: 'described' }, ({ path }) => ({
            contents: modules[path] ?? '',
            loader: 'ts',
          }));
        },
      },
    ],
    ...options,
  });
  return outputFiles?.[0]?.text ?? '';
}

/** Runs the mock of a description in a context that has only what pages have, and in which code cannot create code. */
async function loadInPage(spec: string): Promise<BrowserMock> {
  const code = await bundle(spec, { format: 'cjs' });
  const ofLanguage: string[] = runInNewContext('Object.getOwnPropertyNames(globalThis)');
  const ofNode = ['Buffer', 'clearImmediate', 'fetch', 'global', 'process', 'setImmediate', 'XMLHttpRequest'];
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => ![...ofLanguage, ...ofNode].includes(name));
  const module: { exports: { mock?: BrowserMock } } = { exports: {} };
  const globals = Object.fromEntries(names.map((name) => [name, Reflect.get(globalThis, name)]));
  const context = createContext({ ...globals, module }, { codeGeneration: { strings: false, wasm: false } });
  new Script(code).runInContext(context);
  return module.exports.mock ?? expect.fail('the bundle exports no mock');
}

const SHOP_FILE = new URL('shop.openapi.yaml', import.meta.url).pathname;
const DEPRECATIONS_FILE = fileURLToPath(import.meta.resolve('@firstofficer/spec/test/deprecations.openapi.yaml'));
const [server, own, shopServer, shop, invoiceServer, invoices] = await Promise.all([
  startMockForFile(),
  loadInPage(SPEC_FILE),
  startMockForFile({ spec: SHOP_FILE }),
  loadInPage(SHOP_FILE),
  startMockForFile({ spec: DEPRECATIONS_FILE }),
  loadInPage(DEPRECATIONS_FILE),
]);

// Headers of the connection or for pages of other origins, and the ID of the response.
const OTHER_HEADERS =
  /^(access-control-.*|connection|content-length|date|keep-alive|transfer-encoding|vary|x-request-id)$/;

async function expectSameResponse(
  [mock, real]: readonly [BrowserMock, typeof server],
  { method, target, headers = {}, body }: BrowserRequest,
): Promise<void> {
  const sent = { Authorization: encodeBasic(DEFAULT_TOKEN), ...headers };
  const received = await real.requests().length;
  const response = await mock.respond({ method, target, headers: sent, ...(body !== undefined && { body }) });
  const expected = await send(real, target, { method, headers: sent, ...(body !== undefined && { body }) });
  const toComparable = (list: object) =>
    Object.fromEntries(
      Object.entries(list)
        .map(([name, value]) => [name.toLowerCase(), String(value)])
        .filter(([name = '']) => !OTHER_HEADERS.test(name)),
    );
  expect(real.requests()).toHaveLength(received + 1);
  expect({ ...response, headers: toComparable(response.headers) }).toEqual({
    status: expected.status,
    headers: toComparable(expected.headers),
    body: expected.text,
  });
}

describe('a mock in a page responds as the server does', () => {
  test.each(PAIRS)('to the example $name', ({ path }) =>
    expectSameResponse([own, server], { method: 'GET', target: path }),
  );

  test.each(['304', '400', '401', '404', '429', '503'])('to a request for %s', (code) =>
    expectSameResponse([own, server], {
      method: 'GET',
      target: '/v2/customers/cus_1234ABCD',
      headers: { Prefer: `code=${code}` },
    }),
  );

  test.each(['/v2/customers/%ZZ', '/v2/customers/..', '/v2/customers/.', '/v2/other', '/'])('to %s', (target) =>
    expectSameResponse([own, server], { method: 'GET', target }),
  );

  test('to a wrong key and to no key', async () => {
    for (const Authorization of ['Bearer wrong', '']) {
      const request = { method: 'GET', target: '/v2/customers/cus_1234ABCD', headers: { Authorization } };
      await expectSameResponse([own, server], request);
    }
  });

  test('for a deprecated operation', async () => {
    const request = {
      method: 'GET',
      target: '/v1/bills/inv_1',
      headers: { Authorization: encodeBasic(DEFAULT_TOKEN) },
    };
    await expectSameResponse([invoices, invoiceServer], request);
    expect((await invoices.respond(request)).headers).toMatchObject({
      Deprecation: '@1793491200',
      Sunset: 'Mon, 01 Nov 2027 00:00:00 GMT',
    });
  });

  test('for another description', async () => {
    for (const { method, path } of (await loadDescription(SHOP_FILE)).operations.slice(0, 4)) {
      await expectSameResponse([shop, shopServer], { method, target: path.replaceAll(/\{[^}]+\}/g, '1') });
    }
  });
});

test('a mock in a page names the delay and where to cut the connection, and does neither', async () => {
  const headers = { Authorization: encodeBasic(DEFAULT_TOKEN), Prefer: 'delay=60000, drop=body' };

  const response = await own.respond({ method: 'GET', target: '/v2/customers/cus_1234ABCD', headers });

  expect(response).toMatchObject({
    status: 200,
    delay: 60_000,
    drop: 'body',
    body: expect.stringMatching(/^\{.*\}$/s),
  });
});

test('the mock in a page is small and does not create code from text', async () => {
  const code = await bundle(SPEC_FILE, { format: 'esm', minify: true });

  expect(code).not.toMatch(/\bnew Function\b|\beval\(|node:|require\(/);
  expect(brotliCompressSync(code).length).toBeLessThan(16_000);
});

test('the operations in a page have no descriptions, but all examples', async () => {
  const { operations, ...description } = await loadDescription(SPEC_FILE);
  const [operation] = operations;
  if (!operation) throw new Error('the description has no operation');
  const example = { value: { description: 'a value' } };
  const parameters = [{ name: 'x', in: 'query', description: 'a text', examples: { description: example } } as const];

  const text = renderOperations({ ...description, operations: [{ ...operation, parameters, responses: {} }] });

  expect(text).toContain('"a value"');
  expect(text).not.toContain('a text');
});
