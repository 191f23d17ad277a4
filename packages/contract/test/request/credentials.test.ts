import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import {
  createCredentials,
  createHeaderCredentials,
  listCredentialForms,
  needsKey,
} from '../../src/request/credentials.ts';
import { createSecured, SCHEMES } from './fixtures.ts';

const KEY = 'sk_1 &';

describe('the credentials contain the key in the form', () => {
  test.each([
    ['basic', [['Authorization', `Basic ${btoa(`${KEY}:`)}`]], undefined],
    ['bearer', [['Authorization', `Bearer ${KEY}`]], undefined],
    ['oauth', [['Authorization', `Bearer ${KEY}`]], undefined],
    ['token', [['Authorization', `Token token="${KEY}"`]], undefined],
    ['header', [['X-Api-Key', KEY]], undefined],
    ['cookie', [['Cookie', `session=${KEY}`]], undefined],
    ['query', [], 'filter%5Bkey%5D=sk_1%20%26'],
  ] as const)('%s', (scheme, headers, query) => {
    const credentials = createCredentials(createSecured(scheme), { token: KEY });

    expect(credentials).toMatchObject({ schemes: [scheme], headers, secrets: [KEY] });
    expect(credentials?.query).toBe(query);
    expect(JSON.stringify(credentials?.curl)).toContain('$FIRSTOFFICER_TOKEN');
    expect(JSON.stringify(credentials?.curl)).not.toContain(KEY);
  });
});

describe('the credentials', () => {
  test('have the first form that is supported', () => {
    expect(createCredentials(createSecured('digest', 'cookie', 'basic'), { token: KEY })?.schemes).toEqual(['cookie']);
  });

  test('have all forms that are required together', () => {
    const { basic, query, header } = SCHEMES;
    const both = createCredentials(createOperation({ security: [{ basic, query, header }] }), { token: KEY });

    expect(both).toMatchObject({
      schemes: ['basic', 'query', 'header'],
      headers: [
        ['Authorization', expect.stringMatching(/^Basic /)],
        ['X-Api-Key', KEY],
      ],
      query: 'filter%5Bkey%5D=sk_1%20%26',
    });
  });

  test('are undefined without a key, without security, and without a supported scheme', () => {
    expect(createCredentials(createSecured('basic'), {})).toBeUndefined();
    expect(createCredentials(createOperation(), { token: KEY })).toBeUndefined();
    expect(createCredentials(createSecured('digest'), { token: KEY })).toBeUndefined();
  });
});

test('the credential forms are those with a single scheme', () => {
  const { basic, header, digest, token } = SCHEMES;
  const security = [{ basic, header }, { digest }, {}, { token }];

  expect(listCredentialForms(createOperation({ security }), {}).map(({ scheme }) => scheme)).toEqual(['token']);
});

test('a key is needed if no alternative works without one', () => {
  expect(needsKey(createSecured('basic', 'token'))).toBe(true);
  expect(needsKey(createOperation())).toBe(false);
  expect(needsKey(createOperation({ security: [{ basic: SCHEMES.basic }, {}] }))).toBe(false);
});

test('the key of a scheme takes precedence over the token, and a form without a key is left out', () => {
  const operation = createSecured('basic', 'header');

  expect(createCredentials(operation, { keys: { header: 'k2' } })).toMatchObject({
    schemes: ['header'],
    headers: [['X-Api-Key', 'k2']],
    secrets: ['k2'],
  });
  expect(createCredentials(operation, { token: 'k1', keys: { header: 'k2' } })?.schemes).toEqual(['basic']);
  const { basic, header } = SCHEMES;
  const both = createOperation({ security: [{ basic, header }] });
  expect(createCredentials(both, { token: 'k1', keys: { header: 'k2' } })?.secrets).toEqual(['k1', 'k2']);
  expect(createCredentials(both, { keys: { header: 'k2' } })).toBeUndefined();
});

test('credentials in a given header belong to no scheme', () => {
  expect(createHeaderCredentials({ name: 'X-Key', value: 'k', shell: '$FIRSTOFFICER_TOKEN', secret: 'k' })).toEqual({
    schemes: [],
    headers: [['X-Key', 'k']],
    curl: ['-H', '"X-Key: $FIRSTOFFICER_TOKEN"'],
    secrets: ['k'],
  });
});
