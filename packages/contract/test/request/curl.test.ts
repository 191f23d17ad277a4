import type { SecurityScheme } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, type TestContext, test } from 'vitest';
import { createCredentials } from '../../src/request/credentials.ts';
import { formatCurl } from '../../src/request/curl.ts';
import { createRequest, type RequestParts } from '../../src/request/operation-request.ts';
import { type Arrived, createSecured, parseQuery, SCHEMES, sendBothWays } from './fixtures.ts';

const KEY = 'sk_"$HOME\'\\`x';

const OPERATION = createOperation({
  parameters: [
    { name: 'id', in: 'path' },
    { name: 'q', in: 'query' },
    { name: 'X-Trace', in: 'header' },
    { name: 'a', in: 'cookie' },
    { name: 'b', in: 'cookie' },
  ],
});

const REQUESTS: Readonly<Record<string, RequestParts>> = {
  'a plain GET': {},
  'a segment that is not percent-encoded': { segments: { id: '%ZZ' } },
  'dot segments': { segments: { id: '../a/./..' } },
  'brackets and braces': { segments: { id: '[1-3]{a,b}' } },
  'an apostrophe and shell syntax': { segments: { id: "it's$HOME`id`\\$(id)!!*?" } },
  'characters that need encoding': { parameters: { id: 'jäne+b /?#%2e&@example.com', q: ["'", '"', ' '] } },
  'an additional query': { query: 'a[]=1&&x=%ZZ&' },
  'an empty query': { query: '&' },
  'a target in absolute form': { parameters: { id: '7', q: 'x' }, isAbsolute: true },
  HEAD: { method: 'HEAD' },
  DELETE: { method: 'DELETE' },
  OPTIONS: { method: 'OPTIONS' },
  'a rare method': { method: 'QUERY' },
  'a POST without a body': { method: 'POST' },
  'a header parameter': { parameters: { id: '7', 'X-Trace': "it's 1" } },
  'cookie parameters': { parameters: { id: '7', a: 1, b: 'x' } },
  'headers, one of them twice': {
    headers: [
      ['X-A', '$HOME'],
      ['X-A', '2'],
    ],
  },
  'an empty header': { headers: [['X-Empty', '']] },
  'another Accept': { headers: [['Accept', 'text/html']] },
  'another content coding': { headers: [['Accept-Encoding', 'gzip']] },
  'a body': { method: 'POST', body: { mediaType: 'application/json', content: '{"it\'s":"$HOME\\n"}' } },
  'a body of several lines': { method: 'PUT', body: { mediaType: 'text/plain', content: 'a\r\nb\n' } },
  'a body that curl would read as a file name': {
    method: 'PATCH',
    body: { mediaType: 'text/plain', content: '@/etc/hosts' },
  },
  'a GET with a body': { body: { mediaType: 'application/json', content: '{}' } },
  'a DELETE with a body': { method: 'DELETE', body: { mediaType: 'application/json', content: '{}' } },
  'a body of bytes': {
    method: 'POST',
    body: { mediaType: 'application/octet-stream', content: Buffer.from([0, 0xff, 0x27, 0x0a]) },
  },
};

/** Creates requests for the pet 7 and sends them both ways. */
const send = (context: TestContext, list: readonly RequestParts[], operation = OPERATION) =>
  sendBothWays(
    context,
    list.map((parts) => createRequest(operation, { parameters: { id: '7' }, ...parts })),
    KEY,
  );

test('a command sends the same method, target, headers and body', async (context) => {
  const { sent, repeated } = await send(context, Object.values(REQUESTS));
  const named = (list: readonly Arrived[]) =>
    list.map((one, index) => ({ name: Object.keys(REQUESTS)[index], ...one }));

  expect(named(repeated)).toEqual(named(sent));
});

describe('credentials', () => {
  test.for(['basic', 'bearer', 'header', 'cookie'] as const)(
    'in the form %s come from the environment',
    async (scheme, context) => {
      const credentials = createCredentials(createSecured(scheme), { token: KEY });
      const list = [{ credentials }, { credentials, method: 'HEAD' }];
      const { commands, sent, repeated } = await send(context, list);

      expect(repeated).toEqual(sent);
      expect(commands.join('\n')).toContain('$FIRSTOFFICER_TOKEN');
      expect(commands.join('\n')).not.toContain(KEY);
    },
  );

  test('in the query come from the environment and follow the other parameters', async (context) => {
    const credentials = createCredentials(createSecured('query'), { token: KEY });
    const list = [
      { credentials },
      { credentials, query: 'x=1' },
      { credentials, query: '&' },
      { credentials, parameters: { id: '7', q: 'a' }, query: 'x=1' },
      { credentials, method: 'DELETE' },
      { credentials, method: 'HEAD' },
      { credentials, method: 'POST', body: { mediaType: 'application/json', content: '{"a":1}' } },
    ];
    const { commands, sent, repeated } = await send(context, list);

    expect(repeated.map(parseQuery)).toEqual(sent.map(parseQuery));
    expect(repeated[3]?.query).toMatch(/^q=a&x=1&filter%5Bkey%5D=/i);
    expect(commands.join('\n')).not.toContain('sk_');
  });

  test('in several forms at once are all sent', async (context) => {
    const { basic, query, header } = SCHEMES;
    const both = createOperation({ security: [{ basic, query, header }] });
    const { sent, repeated } = await send(context, [{ credentials: createCredentials(both, { token: KEY }) }], both);

    expect(repeated.map(parseQuery)).toEqual(sent.map(parseQuery));
  });

  test('with a key for each scheme come from several variables', async (context) => {
    const { basic, query, cookie } = SCHEMES;
    const session: SecurityScheme = { type: 'apiKey', in: 'cookie', name: 'a-b' };
    const all = createOperation({ security: [{ basic, query, cookie, 'my.session': session }] });
    const keys = { basic: 'jane:it"s', query: '$1 &', cookie: 'c-1', 'my.session': 's-2' };
    const credentials = createCredentials(all, { keys });
    const { commands, sent, repeated } = await sendBothWays(
      context,
      [createRequest(all, { parameters: { id: '7' }, credentials })],
      {
        FIRSTOFFICER_AUTH_BASIC: keys.basic,
        FIRSTOFFICER_AUTH_QUERY: keys.query,
        FIRSTOFFICER_AUTH_COOKIE: keys.cookie,
        FIRSTOFFICER_AUTH_MY_SESSION: keys['my.session'],
      },
    );

    expect(repeated.map(parseQuery)).toEqual(sent.map(parseQuery));
    expect(sent[0]?.headers).toContain('cookie: session=c-1; a-b=s-2');
    for (const key of Object.values(keys)) expect(commands.join('\n')).not.toContain(key);
  });

  test('in a cookie do not replace other cookies', async (context) => {
    const credentials = createCredentials(createSecured('cookie'), { token: KEY });
    const { sent, repeated } = await send(context, [{ credentials, headers: [['Cookie', 'a=1']] }]);
    // The cookies may come in one header or in two. Servers join them.
    const cookies = ({ headers }: Arrived) =>
      headers.flatMap((header) => /^cookie: (.*)$/.exec(header)?.[1]?.split('; ') ?? []).toSorted();

    expect(repeated.map(cookies)).toEqual(sent.map(cookies));
    expect(sent.map(cookies)).toEqual([['a=1', `session=${KEY}`]]);
  });
});

test('a plain request is a short command', () => {
  const request = createRequest(OPERATION, {
    parameters: { id: '7' },
    credentials: createCredentials(createSecured('basic'), { token: KEY }),
  });

  expect(formatCurl('https://api.example', request)).toBe(
    `curl -sS -i --path-as-is --globoff -u "$FIRSTOFFICER_TOKEN:" 'https://api.example/pets/7'`,
  );
});
