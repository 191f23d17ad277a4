import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import { createHttpClient } from '../../src/http/client.ts';
import { type Credentials, credentialForms } from '../../src/request/credentials.ts';
import { curlOf } from '../../src/request/curl.ts';
import { requestTo } from '../../src/request/operation-request.ts';
import { refusedCredentials } from '../../src/request/refused-credentials.ts';
import { type SCHEMES, secured } from './operation.ts';
import { type Arrived, arrivals, inShell } from './shell.ts';

// Long enough for `base64` to insert line breaks, and with letters of both cases.
const KEY = `sk_live_${'Ab3dEf6hIj'.repeat(7)}`;
const ALL = ['basic', 'bearer', 'token', 'header', 'cookie', 'query'] as const;

const refusedOf = (names: readonly (keyof typeof SCHEMES)[], key: string | undefined) => {
  const forms = credentialForms(secured(...names));
  return forms.flatMap((form) => refusedCredentials(form, key, forms));
};

/** Normalizes credentials: header names are case-insensitive, and white space around values is ignored. */
const read = ({ headers, query = '' }: Credentials) =>
  JSON.stringify([headers.map(([name, value]) => [name.toLowerCase(), value.trim()]), query]);

describe.each(ALL)('what is refused in the form %s', (scheme) => {
  test('is none of it the right key, in this form or another', () => {
    const right = credentialForms(secured(...ALL)).map((form) => read(form.write(KEY, '')));
    const refused = refusedOf(ALL, KEY).map(({ credentials }) => read(credentials));

    expect(refused.filter((one) => right.includes(one))).toEqual([]);
  });

  test('is all of it tried once, under a name of its own', () => {
    const names = refusedOf([scheme], KEY).map(({ what }) => what);
    const all = refusedOf([scheme], KEY).map(
      ({ credentials }) => JSON.stringify(credentials.headers) + credentials.query,
    );

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(all).size).toBe(all.length);
  });

  test('is sent the same by curl, the key taken from the environment', async (context) => {
    const { url, arrived } = await arrivals(context);
    const requests = refusedOf([scheme], KEY).map(({ what, credentials }) => ({
      what,
      request: requestTo(createOperation(), { parameters: { id: '7' }, credentials }),
    }));
    const client = createHttpClient(url, 30_000);
    context.onTestFinished(() => client.close());
    for (const { request } of requests) await client.send(request);
    const commands = requests.map(({ request }) => curlOf(url, request));
    await inShell(context, commands, KEY);

    expect(commands.join('\n')).not.toContain(KEY);
    const named = (list: readonly Arrived[]) =>
      list.map((one, index) => ({ what: requests[index]?.what, ...told(one) }));
    expect(named(arrived.slice(requests.length))).toEqual(named(arrived.slice(0, requests.length)));
  });
});

/** Returns the parts to compare. curl sends another Accept-Encoding and encodes more characters of a query. */
function told({ headers, target = '' }: Arrived) {
  const [path, query] = target.split('?');
  return {
    headers: headers.filter((line) => line !== 'accept-encoding: identity'),
    path,
    query: [...new URLSearchParams(query)],
  };
}

test('one form does not refuse what another takes', () => {
  const sent = refusedOf(['token', 'bearer', 'header'], KEY).map(({ credentials }) => read(credentials));

  expect(sent).not.toContain(JSON.stringify([[['authorization', `Bearer ${KEY}`]], '']));
  expect(sent).not.toContain(JSON.stringify([[['x-api-key', KEY]], '']));
});

test('white space that HTTP takes away makes no other key', () => {
  const withSpaces = (scheme: (typeof ALL)[number]) =>
    refusedOf([scheme], KEY).some(({ what }) => what === 'the key with spaces around it');

  expect(ALL.filter(withSpaces)).toEqual(['basic', 'token', 'query']);
});

describe('without a key that is known', () => {
  test('only keys that nobody has are refused', () => {
    expect(refusedOf(['basic'], undefined).map(({ what }) => what)).toEqual([
      'an empty key',
      'a wrong key',
      'a key that stands for no value',
      'a key that stands for nothing',
      'a wildcard for the key',
      'an asterisk for the key',
      'SQL for the key',
      'the example key',
    ]);
  });
});

test.each(['x', 'YourTokenHere', '12345678', 'UPPER'])('the key %s is not refused as one of its own parts', (key) => {
  const right = credentialForms(secured('basic')).map((form) => read(form.write(key, '')));

  expect(refusedOf(['basic'], key).filter(({ credentials }) => right.includes(read(credentials)))).toEqual([]);
});
