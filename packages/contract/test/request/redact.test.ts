import { createOperation } from '@firstofficer/openapi/testing';
import { describe, expect, test } from 'vitest';
import { createRedactor, createTargetRedactor } from '../../src/request/redact.ts';
import { createSecured, SCHEMES } from './fixtures.ts';

const KEY = 'se"same/key';
const redact = createRedactor([{ value: KEY, variable: 'FIRSTOFFICER_TOKEN' }]);

describe('a key is replaced', () => {
  test.each([
    ['as plain text', KEY],
    ['in JSON', JSON.stringify(KEY)],
    ['in a URL', encodeURIComponent(KEY)],
    ['as Basic credentials', `Basic ${btoa(`${KEY}:`)}`],
    ['as Basic credentials with a password', `Basic ${btoa(`${KEY}:none`)}`],
    ['in base64', btoa(KEY)],
    ['in base64url', Buffer.from(KEY).toString('base64url')],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(KEY))],
    [
      'in JSON with all characters escaped',
      [...KEY].map((unit) => `\\u00${unit.charCodeAt(0).toString(16).toUpperCase()}`).join(''),
    ],
    ['in a URL with lower-case digits', encodeURIComponent(KEY).toLowerCase()],
    ['in a URL with some characters encoded', KEY.replace('"', '%22')],
    ['in HTML', KEY.replace('"', '&quot;')],
    ['in HTML by number', KEY.replace('"', '&#34;').replace('/', '&#x2F;')],
  ])('%s', (_, written) => {
    const redacted = redact(`one ${written} two ${written}`);

    expect(redacted).not.toContain('same');
    expect(redacted).not.toContain(btoa(KEY).slice(0, 8));
    expect(redacted).toMatch(/^one .*\$FIRSTOFFICER_TOKEN.* two .*\$FIRSTOFFICER_TOKEN.*$/);
  });
});

test('all keys of a target are replaced by the names of their variables', () => {
  const { bearer, header } = SCHEMES;
  const operations = [createSecured('basic', 'token', 'query'), createOperation({ security: [{ bearer, header }] })];
  const target = {
    token: 'token-of-all',
    keys: {
      basic: 'jane@example.com:basic-sesame',
      token: 'ApiKey raw-sesame',
      bearer: 'bearer-sesame',
      header: 'bearer-sesame-2',
    },
  };
  const redactAll = createTargetRedactor(target, { operations });
  const written = [
    `-u jane@example.com:basic-sesame, ${btoa(target.keys.basic)}`,
    'Authorization: ApiKey raw-sesame',
    '"bearer-sesame", "bearer-sesame-2"',
    'token-of-al',
  ];

  expect(redactAll(written.join('\n')).split('\n')).toEqual([
    '-u jane@example.com:$FIRSTOFFICER_AUTH_BASIC, $FIRSTOFFICER_AUTH_BASIC',
    'Authorization: ApiKey $FIRSTOFFICER_AUTH_TOKEN',
    '"$FIRSTOFFICER_AUTH_BEARER", "$FIRSTOFFICER_AUTH_HEADER"',
    '$FIRSTOFFICER_TOKEN',
  ]);
});

test('a short key is not replaced, because it may be part of other words', () => {
  expect(createRedactor([{ value: 'e', variable: 'FIRSTOFFICER_TOKEN' }])('customers')).toBe('customers');
});

test.each(['\\', '&#0', '%', 's'])(
  'a long text of %j is searched quickly',
  (part) => {
    const text = part.repeat(300_000);

    expect(redact(text)).toBe(text);
  },
  5000,
);

test('other text is unchanged', () => {
  expect(redact('GET /v2/customers/{customer}')).toBe('GET /v2/customers/{customer}');
});
