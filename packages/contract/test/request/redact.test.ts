import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/request/redact.ts';

const KEY = 'se"same/key';
const redact = createRedactor(KEY);

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

test('a short key is not replaced, because it may be part of other words', () => {
  expect(createRedactor('e')('customers')).toBe('customers');
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
