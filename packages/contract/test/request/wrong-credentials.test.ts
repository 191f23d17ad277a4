import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import { createHttpClient } from '../../src/http/client.ts';
import { type Credentials, listCredentialForms } from '../../src/request/credentials.ts';
import { formatCurl } from '../../src/request/curl.ts';
import { createRequest } from '../../src/request/operation-request.ts';
import { createWrongCredentials } from '../../src/request/wrong-credentials.ts';
import { type SCHEMES, secured } from './operation.ts';
import { type Arrived, recordRequests, runInShell } from './shell.ts';

// Long enough for `base64` to insert line breaks, and with letters of both cases.
const KEY = `sk_live_${'Ab3dEf6hIj'.repeat(7)}`;
const ALL = ['basic', 'bearer', 'token', 'header', 'cookie', 'query'] as const;

const wrongFor = (names: readonly (keyof typeof SCHEMES)[], key: string | undefined) => {
  const forms = listCredentialForms(secured(...names));
  return forms.flatMap((form) => createWrongCredentials(form, key, forms));
};

/** Normalizes credentials: header names are case-insensitive, and white space around values is ignored. */
const read = ({ headers, query = '' }: Credentials) =>
  JSON.stringify([headers.map(([name, value]) => [name.toLowerCase(), value.trim()]), query]);

describe.each(ALL)('wrong credentials in the form %s', (scheme) => {
  test('are not the right key in any form', () => {
    const right = listCredentialForms(secured(...ALL)).map((form) => read(form.write(KEY, '')));
    const wrong = wrongFor(ALL, KEY).map(({ credentials }) => read(credentials));

    expect(wrong.filter((one) => right.includes(one))).toEqual([]);
  });

  test('are all different and have different names', () => {
    const names = wrongFor([scheme], KEY).map(({ name }) => name);
    const all = wrongFor([scheme], KEY).map(
      ({ credentials }) => JSON.stringify(credentials.headers) + credentials.query,
    );

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(all).size).toBe(all.length);
  });

  test('are sent unchanged by curl, which reads the key from the environment', async (context) => {
    const { url, arrived } = await recordRequests(context);
    const requests = wrongFor([scheme], KEY).map(({ name, credentials }) => ({
      name,
      request: createRequest(createOperation(), { parameters: { id: '7' }, credentials }),
    }));
    const client = createHttpClient(url, 30_000);
    context.onTestFinished(() => client.close());
    for (const { request } of requests) await client.send(request);
    const commands = requests.map(({ request }) => formatCurl(url, request));
    await runInShell(context, commands, KEY);

    expect(commands.join('\n')).not.toContain(KEY);
    const named = (list: readonly Arrived[]) =>
      list.map((one, index) => ({ name: requests[index]?.name, ...selectCompared(one) }));
    expect(named(arrived.slice(requests.length))).toEqual(named(arrived.slice(0, requests.length)));
  });
});

/** Returns the parts to compare. curl sends another Accept-Encoding and encodes more characters of a query. */
function selectCompared({ headers, target = '' }: Arrived) {
  const [path, query] = target.split('?');
  return {
    headers: headers.filter((line) => line !== 'accept-encoding: identity'),
    path,
    query: [...new URLSearchParams(query)],
  };
}

test('credentials that are valid in another form are left out', () => {
  const sent = wrongFor(['token', 'bearer', 'header'], KEY).map(({ credentials }) => read(credentials));

  expect(sent).not.toContain(JSON.stringify([[['authorization', `Bearer ${KEY}`]], '']));
  expect(sent).not.toContain(JSON.stringify([[['x-api-key', KEY]], '']));
});

test('a key with spaces around it is left out where HTTP removes the spaces', () => {
  const withSpaces = (scheme: (typeof ALL)[number]) =>
    wrongFor([scheme], KEY).some(({ name }) => name === 'the key with spaces around it');

  expect(ALL.filter(withSpaces)).toEqual(['basic', 'token', 'query']);
});

test('without a known key there are only keys that are invalid everywhere', () => {
  expect(wrongFor(['basic'], undefined).map(({ name }) => name)).toEqual([
    'an empty key',
    'a wrong key',
    'the key null',
    'the key undefined',
    'an SQL wildcard as the key',
    'an asterisk as the key',
    'SQL as the key',
    'the example key',
  ]);
});

test.each(['x', 'YourTokenHere', '12345678', 'UPPER'])('the key %s is not among its own parts', (key) => {
  const right = listCredentialForms(secured('basic')).map((form) => read(form.write(key, '')));

  expect(wrongFor(['basic'], key).filter(({ credentials }) => right.includes(read(credentials)))).toEqual([]);
});
