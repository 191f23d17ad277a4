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
    const credentials = createCredentials(createSecured(scheme), KEY);

    expect(credentials).toMatchObject({ schemes: [scheme], headers, secret: KEY });
    expect(credentials?.query).toBe(query);
    expect(JSON.stringify(credentials?.curl)).toContain('$FIRSTOFFICER_TOKEN');
    expect(JSON.stringify(credentials?.curl)).not.toContain(KEY);
  });
});

describe('the credentials', () => {
  test('have the first form that is supported', () => {
    expect(createCredentials(createSecured('digest', 'cookie', 'basic'), KEY)?.schemes).toEqual(['cookie']);
  });

  test('have all forms that are required together', () => {
    const { basic, query, header } = SCHEMES;
    const both = createCredentials(createOperation({ security: [{ basic, query, header }] }), KEY);

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
    expect(createCredentials(createSecured('basic'), undefined)).toBeUndefined();
    expect(createCredentials(createOperation(), KEY)).toBeUndefined();
    expect(createCredentials(createSecured('digest'), KEY)).toBeUndefined();
  });
});

test('the credential forms are those with a single scheme', () => {
  const { basic, header, digest, token } = SCHEMES;
  const security = [{ basic, header }, { digest }, {}, { token }];

  expect(listCredentialForms(createOperation({ security })).map(({ scheme }) => scheme)).toEqual(['token']);
});

test('a key is needed if no alternative works without one', () => {
  expect(needsKey(createSecured('basic', 'token'))).toBe(true);
  expect(needsKey(createOperation())).toBe(false);
  expect(needsKey(createOperation({ security: [{ basic: SCHEMES.basic }, {}] }))).toBe(false);
});

test('credentials in a given header belong to no scheme', () => {
  expect(createHeaderCredentials({ name: 'X-Key', value: 'k', shell: '$FIRSTOFFICER_TOKEN', secret: 'k' })).toEqual({
    schemes: [],
    headers: [['X-Key', 'k']],
    curl: ['-H', '"X-Key: $FIRSTOFFICER_TOKEN"'],
    secret: 'k',
  });
});
