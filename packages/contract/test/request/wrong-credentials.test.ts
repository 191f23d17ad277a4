import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import { type Credentials, listCredentialForms } from '../../src/request/credentials.ts';
import { createRequest } from '../../src/request/operation-request.ts';
import { createWrongCredentials } from '../../src/request/wrong-credentials.ts';
import { type Arrived, createSecured, parseQuery, type SCHEMES, sendBothWays } from './fixtures.ts';

// Long enough for `base64` to insert line breaks, and with letters of both cases.
const KEY = `sk_live_${'Ab3dEf6hIj'.repeat(7)}`;
const ALL = ['basic', 'bearer', 'token', 'header', 'cookie', 'query'] as const;

const wrongFor = (names: readonly (keyof typeof SCHEMES)[], key: string | undefined) => {
  const forms = listCredentialForms(createSecured(...names), key === undefined ? {} : { token: key });
  return forms.flatMap((form) => createWrongCredentials(form, forms));
};

/** Normalizes credentials: header names are case-insensitive, and white space around values is ignored. */
const normalize = ({ headers, query = '' }: Credentials) =>
  JSON.stringify([headers.map(([name, value]) => [name.toLowerCase(), value.trim()]), query]);

describe.each(ALL)('wrong credentials in the form %s', (scheme) => {
  test('are not the right key in any form', () => {
    const right = listCredentialForms(createSecured(...ALL), { token: KEY }).map((form) =>
      normalize(form.write(KEY, '')),
    );
    const wrong = wrongFor(ALL, KEY).map(({ credentials }) => normalize(credentials));

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
    const wrong = wrongFor([scheme], KEY);
    const requests = wrong.map(({ credentials }) =>
      createRequest(createOperation(), { parameters: { id: '7' }, credentials }),
    );
    const { commands, sent, repeated } = await sendBothWays(context, requests, KEY);
    const named = (list: readonly Arrived[]) =>
      list.map((one, index) => ({ name: wrong[index]?.name, ...parseQuery(one) }));

    expect(commands.join('\n')).not.toContain(KEY);
    expect(named(repeated)).toEqual(named(sent));
  });
});

test('credentials that are valid in another form are left out', () => {
  const sent = wrongFor(['token', 'bearer', 'header'], KEY).map(({ credentials }) => normalize(credentials));

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

test.each(['x', 'YourTokenHere', '12345678', 'UPPER'])('the right key %s is never a wrong key', (key) => {
  const right = listCredentialForms(createSecured('basic'), { token: key }).map((form) =>
    normalize(form.write(key, '')),
  );

  expect(wrongFor(['basic'], key).filter(({ credentials }) => right.includes(normalize(credentials)))).toEqual([]);
});
