import { copyFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { beforeAll, expect, inject, test } from 'vitest';
import { startApi } from '../src/api.ts';
import { findTypeErrors, STRICT } from '../src/compiler.ts';
import { startLiveApi } from '../src/live-api.ts';
import { readExamples, writeRecipe } from '../src/recipes.ts';
import { expectAllPassed, startProgram } from '../src/runtime.ts';
import { linkPackages } from './toolchains.ts';

const consumer = inject('consumer');
const PROGRAMS = join(import.meta.dirname, '../src/programs');

beforeAll(async () => {
  await linkPackages(consumer, [
    '@opentelemetry/api',
    '@opentelemetry/sdk-trace-base',
    '@types/node',
    'jsdom',
    'msw',
    'pino',
    'undici',
    'whatwg-fetch',
  ]);
  const mock = join(import.meta.dirname, '../node_modules/@firstofficer/mock');
  await symlink(mock, join(consumer, 'node_modules/@firstofficer/mock'), 'junction');
  for (const name of ['jsdom', 'next', 'react-native']) {
    await copyFile(join(PROGRAMS, 'environments', `${name}.js`), join(consumer, `${name}-environment.mjs`));
  }
});

/** A program of the consumer, and the environment variables that it needs. */
interface Run {
  /** The arguments of Node. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the program prints on standard error. Default: nothing. */
  readonly errors?: RegExp;
  readonly signal: AbortSignal;
}

/** Runs a program in Node, and returns the line that it prints. */
async function runProgram({ args, env = {}, errors = /^$/, signal }: Run): Promise<string> {
  const variables = { FIRSTOFFICER_TOKEN: 'SecretKey0123', ...env };
  await using program = startProgram({ path: process.execPath, args, cwd: consumer, env: variables, signal });
  const line = await program.readLine();
  expect(await program.readStderr()).toMatch(errors);
  return line;
}

/** Runs a program that calls the live API through a proxy. Returns the value that it prints, as JSON. */
async function runWithLiveApi(args: readonly string[], signal: AbortSignal): Promise<unknown> {
  await using api = await startLiveApi(consumer);
  const line = await runProgram({ args, env: { ...api.env, NODE_USE_ENV_PROXY: '1' }, signal });
  expect(new Set(api.connections)).toEqual(new Set(['api.firstofficer.io:443']));
  return JSON.parse(line);
}

const RETRIEVE = `firstofficer.customers.retrieve('cus_1234ABCD').then((customer) => console.log(JSON.stringify(customer)));`;
const CUSTOMER = expect.objectContaining({ object: 'customer', extra_id: 'cus_1234ABCD', current_mrr: 69900 });

test('undici sends requests through a proxy', async ({ signal }) => {
  await using api = await startLiveApi(consumer);
  const file = await writeRecipe(consumer, 'Proxy', RETRIEVE);

  expect(JSON.parse(await runProgram({ args: [file], env: api.env, signal }))).toEqual(CUSTOMER);
  expect(api.connections).toEqual(['api.firstofficer.io:443']);
});

test('Node sends requests through the proxy of the environment', async ({ signal }) => {
  await using api = await startLiveApi(consumer);
  const file = await writeRecipe(consumer, 'Retrieve a customer', '');

  expect(await runProgram({ args: [file], env: { ...api.env, NODE_USE_ENV_PROXY: '1' }, signal })).toBe('69900 usd');
  expect(api.connections).toEqual(['api.firstofficer.io:443']);
});

test('the fetch of Next.js receives its options', async ({ signal }) => {
  const statement = `const customers = [live, cached].map(({ customers }) => customers.retrieve('cus_1234ABCD'));
await Promise.all(customers);
console.log(JSON.stringify(globalThis.received));`;
  const file = await writeRecipe(consumer, 'Next.js', statement);
  const common = {
    url: 'https://api.firstofficer.io/v2/customers/cus_1234ABCD',
    method: 'GET',
    redirect: 'manual',
    headers: expect.objectContaining({ Authorization: expect.stringMatching(/^Basic /) }),
  };

  expect(await runWithLiveApi(['--import=./next-environment.mjs', file], signal)).toEqual([
    expect.objectContaining({ ...common, cache: 'no-store' }),
    expect.objectContaining({ ...common, next: { revalidate: 60 } }),
  ]);
});

test('pino logs each attempt', async ({ signal }) => {
  const statement = `await firstofficer.customers.retrieve('cus_1234ABCD');`;
  const file = await writeRecipe(consumer, 'pino', statement);

  expect(await runWithLiveApi([file], signal)).toMatchObject({
    level: 30,
    method: 'GET',
    path: '/v2/customers/{customer}',
    status: 200,
    attempt: 1,
    msg: 'FirstOfficer answered',
  });
});

test('OpenTelemetry has a span for each attempt', async ({ signal }) => {
  const statement = `import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
await firstofficer.customers.retrieve('cus_1234ABCD');
console.log(JSON.stringify(exporter.getFinishedSpans().map(({ name, kind, attributes }) => ({ name, kind, attributes }))));`;
  const file = await writeRecipe(consumer, 'OpenTelemetry', statement);

  expect(await runWithLiveApi([file], signal)).toEqual([
    {
      name: 'GET /v2/customers/{customer}',
      kind: 2,
      attributes: {
        'http.request.method': 'GET',
        'url.template': '/v2/customers/{customer}',
        'http.response.status_code': 200,
      },
    },
  ]);
});

/** Bundles a program for React Native. */
async function bundleForReactNative(entryPoint: string, options: BuildOptions = {}): Promise<string> {
  const outfile = `${entryPoint}.bundle.js`;
  await build({
    absWorkingDir: consumer,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
    conditions: ['react-native'],
    ...options,
  });
  return outfile;
}

test('the client works with the globals of React Native', async ({ signal }) => {
  await using api = await startApi();
  const inject = [join(consumer, 'node_modules/whatwg-fetch/fetch.js')];
  const bundle = await bundleForReactNative('react-native.mjs', { inject });
  // React Native has no process that emits warnings, so the client logs the deprecation.
  const errors = /^GET \/v2\/customers\/\{customer\}: deprecated since .* FIRSTOFFICER_DEPRECATED\n$/;
  const line = await runProgram({ args: ['react-native-environment.mjs', bundle, api.url], errors, signal });
  // The fetch of React Native follows redirects, as the README says.
  const results: { name: string; ok: boolean; message: string }[] = JSON.parse(line);
  expectAllPassed(
    results.map((result) => (result.name === 'does not follow a redirect' ? { ...result, ok: true } : result)),
  );
});

test('the fetch of Expo sends requests', async ({ signal }) => {
  const bundle = await bundleForReactNative(await writeRecipe(consumer, 'React Native', RETRIEVE), {
    // Expo replaces the variable. Its fetch needs a phone, so the fetch of React Native takes its place.
    define: { 'process.env.EXPO_PUBLIC_FIRSTOFFICER_TOKEN': '"SecretKey0123"' },
    alias: { 'expo/fetch': 'whatwg-fetch' },
  });

  expect(await runWithLiveApi(['react-native-environment.mjs', bundle], signal)).toEqual(CUSTOMER);
});

test('a stub responds', async ({ signal }) => {
  const file = await writeRecipe(consumer, 'Stub', RETRIEVE);

  expect(JSON.parse(await runProgram({ args: [file], signal }))).toMatchObject({ current_mrr: 49800 });
});

test('the mock fails twice, and then responds', async ({ signal }) => {
  const file = await writeRecipe(consumer, 'Test', '');

  expect(await runProgram({ args: [file], signal })).toBe('3');
});

test('with jsdom, the client needs no dangerouslyAllowBrowser', async ({ signal }) => {
  const file = await writeRecipe(consumer, 'jsdom', RETRIEVE);

  expect(await runWithLiveApi(['--import=./jsdom-environment.mjs', file], signal)).toEqual(CUSTOMER);
});

test("all examples of the client's README compile", async () => {
  const examples = await readExamples(consumer);
  const globals = `
    interface RequestInit {
      next?: { revalidate?: number | false; tags?: string[] } | undefined; // Declared by Next.js.
    }
    declare module 'expo/fetch' {
      export function fetch(url: string | URL, init?: RequestInit): Promise<Response>;
    }`;
  const files = Object.fromEntries(examples.map(({ code }, index) => [`${index}.mts`, code]));
  const project = {
    compilerOptions: { ...STRICT, module: 'nodenext', types: ['node'], skipLibCheck: true },
    files: { ...files, 'globals.d.ts': globals },
  };
  const typescript = dirname(fileURLToPath(import.meta.resolve('typescript/package.json')));

  expect(await findTypeErrors(typescript, project, consumer)).toEqual([]);
});
