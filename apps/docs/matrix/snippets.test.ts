import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { listen } from '@firstofficer/common/listen';
import { fillPath, type SecurityScheme } from '@firstofficer/openapi';
import { requireProgram } from '@firstofficer/testing/require-program';
import { afterAll, expect, type TestContext, test } from 'vitest';
import type { TryItRequest } from '../src/browser/try-it/form.ts';
import { addKey } from '../src/browser/try-it/key.ts';
import { renderSnippets, type SnippetRequest } from '../src/browser/try-it/snippets.ts';
import { LANGUAGES } from '../src/content/languages.ts';
import { LANGUAGES as PROGRAMS } from '../test/content/session.ts';
import { runProgram } from '../test/programs.ts';

const KEY = 'sesame-open-42';
const VARIABLE = 'ZOO_TOKEN';

// Texts that end a string, or that a language interprets.
const NASTY = [
  'cus_1234ABCD',
  '',
  "it's",
  'a"b',
  '"\'"',
  'back\\slash',
  '\\',
  "\\'",
  '\\u0041\\n',
  '#{evil}',
  '#$0 #@a',
  `\${x} $HOME \`id\` $(id)`,
  'line\nbreak',
  '\r\n',
  'tab\tand\u2028separator\u202e',
  'a/b c+d%25',
  '%ZZ %s',
  'ü€😀',
  '-u x',
  '@/etc/passwd',
  '{a,b}[1-3]',
  "'''",
  '"""{0}',
  ')( ) %(',
  'wow!! !x',
  "EOF\n'\n$(id)",
  '..',
];

/** Joins special characters in an order that looks random, and is the same in each run. */
function* mixNasty(count: number): Generator<string> {
  const characters = [...'\'"`\\$#{}()!%@&|<>;~?*[] \n\tab1é😀'];
  let state = 7;
  const next = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  for (let index = 0; index < count; index += 1) {
    yield Array.from({ length: 1 + next(12) }, () => characters[next(characters.length)]).join('');
  }
}

const SCHEMES: readonly SecurityScheme[] = [
  { type: 'http', scheme: 'basic' },
  { type: 'http', scheme: 'bearer' },
  { type: 'apiKey', in: 'header', name: 'Authorization' },
  { type: 'apiKey', in: 'query', name: 'api key' },
  { type: 'apiKey', in: 'cookie', name: 'session' },
];

interface Case {
  readonly request: TryItRequest;
  readonly security: readonly SecurityScheme[];
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];
const CASES: readonly Case[] = [...NASTY, ...mixNasty(60)].map((value, index) => {
  const method = METHODS[index % METHODS.length] ?? 'GET';
  const header = value.replaceAll(/[^ -~]/g, '').trim();
  const query = index % 2 === 0 ? `?q=${encodeURIComponent(value)}` : '';
  return {
    request: {
      method,
      target: fillPath('/animals/{id}', { id: value }) + query,
      headers: {
        ...(header && { 'If-None-Match': header }),
        ...(method !== 'GET' && { 'Content-Type': 'text/plain' }),
      },
      body: method === 'POST' || method === 'PUT' ? `${value}\n${value}` : undefined,
    },
    security: index % 6 === 5 ? [] : SCHEMES.slice(index % 6, (index % 6) + 1),
  };
});

interface Received {
  readonly method: string | undefined;
  readonly target: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const received: Received[] = [];
const server = createServer(async (request, response) => {
  const body = await text(request);
  received.push({ method: request.method, target: request.url ?? '', headers: request.headers, body });
  const status = Number(/^\/status\/(\d+)$/.exec(request.url ?? '')?.[1] ?? 200);
  response.writeHead(status).end(JSON.stringify({ status }));
});
const { port } = await listen(server, { port: 0 });
const folder = await mkdtemp(join(tmpdir(), 'firstofficer-snippets-'));
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const HEADERS = ['if-none-match', 'authorization', 'cookie'];

function toReceived({ request, security }: Case, key: string): Received {
  const { method, target, headers, body = '' } = addKey(request, security, key);
  const sent = new Headers(headers);
  return {
    method,
    target: decodeURIComponent(target),
    headers: Object.fromEntries(HEADERS.map((name) => [name, sent.get(name) ?? undefined])),
    body,
  };
}

type Language = (typeof LANGUAGES)[number];

/** Runs the snippets of requests in one process. Returns undefined for a request that the language cannot send. */
async function runSnippets(
  { id, lang }: Language,
  requests: readonly Omit<SnippetRequest, 'server' | 'variable'>[],
  { context, env = {} }: { readonly context: TestContext; readonly env?: Readonly<Record<string, string>> },
) {
  const { program, extension } = PROGRAMS[lang] ?? { program: '', extension: '' };
  if (id === 'curl') await requireProgram(context, 'curl');
  const path = await requireProgram(context, program);
  const snippets = requests.map((request) =>
    renderSnippets({ ...request, server: `http://127.0.0.1:${port}`, variable: VARIABLE }).find(
      ({ language }) => language === id,
    ),
  );
  const codes = snippets.flatMap((snippet) => (snippet ? [snippet.code] : []));
  const file = join(folder, `snippets.${extension === 'ts' ? 'mts' : extension}`);
  await writeFile(file, codes.map((code) => (id === 'typescript' ? `{\n${code}\n}` : code)).join('\n'));
  received.length = 0;
  const result = await runProgram(path, { args: [file], env, signal: context.signal });
  return { ...result, snippets, codes: codes.join('\n') };
}

function listReceived() {
  return received.map(({ target, headers, ...rest }) => ({
    ...rest,
    target: decodeURIComponent(target),
    headers: Object.fromEntries(HEADERS.map((name) => [name, headers[name]])),
  }));
}

test.for(LANGUAGES)(
  '$label sends every request as it is, and reads the key from the environment',
  async (language, context) => {
    const requests = CASES.map(({ request, security }) => ({ ...request, security }));
    const env = { [VARIABLE]: KEY };

    const { code, stderr, snippets, codes } = await runSnippets(language, requests, { context, env });

    expect(codes).not.toContain(KEY);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const expected = CASES.filter((_, index) => snippets[index]).map((item) => toReceived(item, KEY));
    expect(listReceived()).toEqual(expected);
    // Only fetch cannot send every path.
    expect(expected).toHaveLength(CASES.length - (language.id === 'typescript' ? 1 : 0));
  },
);

const REQUEST: TryItRequest = { method: 'GET', target: '/animals', headers: {}, body: undefined };

test.for(LANGUAGES)('$label sends a wrong key, which the code contains', async (language, context) => {
  const wrongKey = 'WrongKey';
  const cases = SCHEMES.map((scheme) => ({ request: REQUEST, security: [scheme] }));
  const requests = cases.map(({ request, security }) => ({ ...request, security, wrongKey }));

  const { stderr, snippets } = await runSnippets(language, requests, { context });

  expect(stderr).toBe('');
  expect(listReceived()).toEqual(cases.map((item) => toReceived(item, wrongKey)));
  for (const snippet of snippets) {
    expect(snippet?.code).toContain(wrongKey);
    expect(snippet?.code).not.toContain(VARIABLE);
  }
});

test.for(LANGUAGES)('$label prints the response for every status', async (language, context) => {
  const statuses = [200, 304, 400, 401, 404, 429, 500, 503];
  const requests = statuses.map((status) => ({ ...REQUEST, target: `/status/${status}`, security: [] }));

  const { stdout, stderr } = await runSnippets(language, requests, { context });

  const errors = statuses.filter((status) => status >= 400);
  for (const status of language.id === 'curl' ? [200, ...errors] : statuses) {
    if (status !== 304) expect(stdout).toContain(`"status":${status}`);
    if (language.id !== 'curl') expect(stdout).toMatch(new RegExp(`^${status}\\b`, 'm'));
  }
  // curl prints the status of an error only.
  expect(stderr.match(/\b\d{3}$/gm) ?? []).toEqual(language.id === 'curl' ? errors.map(String) : []);
});
