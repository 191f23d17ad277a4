import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import { credentialForms, headerCredentials, needsKey, rightCredentials } from '../../src/request/credentials.ts';
import { SCHEMES, secured } from './operation.ts';

const KEY = 'sk_1 &';

describe('a key is written in the form of', () => {
  test.each([
    ['basic', [['Authorization', `Basic ${btoa(`${KEY}:`)}`]], undefined],
    ['bearer', [['Authorization', `Bearer ${KEY}`]], undefined],
    ['oauth', [['Authorization', `Bearer ${KEY}`]], undefined],
    ['token', [['Authorization', `Token token="${KEY}"`]], undefined],
    ['header', [['X-Api-Key', KEY]], undefined],
    ['cookie', [['Cookie', `session=${KEY}`]], undefined],
    ['query', [], 'filter%5Bkey%5D=sk_1%20%26'],
  ] as const)('%s', (scheme, headers, query) => {
    const credentials = rightCredentials(secured(scheme), KEY);

    expect(credentials).toMatchObject({ schemes: [scheme], headers, secret: KEY });
    expect(credentials?.query).toBe(query);
    expect(JSON.stringify(credentials?.curl)).toContain('$FIRSTOFFICER_TOKEN');
    expect(JSON.stringify(credentials?.curl)).not.toContain(KEY);
  });
});

describe('the right credentials', () => {
  test('are in the first form that can be written', () => {
    expect(rightCredentials(secured('digest', 'cookie', 'basic'), KEY)?.schemes).toEqual(['cookie']);
  });

  test('are in all forms that are required together', () => {
    const { basic, query, header } = SCHEMES;
    const both = rightCredentials(createOperation({ security: [{ basic, query, header }] }), KEY);

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
    expect(rightCredentials(secured('basic'), undefined)).toBeUndefined();
    expect(rightCredentials(createOperation(), KEY)).toBeUndefined();
    expect(rightCredentials(secured('digest'), KEY)).toBeUndefined();
  });
});

test('the forms of a key are those in which it goes alone', () => {
  const { basic, header, digest, token } = SCHEMES;
  const security = [{ basic, header }, { digest }, {}, { token }];

  expect(credentialForms(createOperation({ security })).map(({ scheme }) => scheme)).toEqual(['token']);
});

test('a key is needed if no alternative works without one', () => {
  expect(needsKey(secured('basic', 'token'))).toBe(true);
  expect(needsKey(createOperation())).toBe(false);
  expect(needsKey(createOperation({ security: [{ basic: SCHEMES.basic }, {}] }))).toBe(false);
});

test('credentials of one header belong to no scheme', () => {
  expect(headerCredentials('X-Key', 'k', '$FIRSTOFFICER_TOKEN', 'k')).toEqual({
    schemes: [],
    headers: [['X-Key', 'k']],
    curl: ['-H', '"X-Key: $FIRSTOFFICER_TOKEN"'],
    secret: 'k',
  });
});
