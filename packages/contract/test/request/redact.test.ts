import { describe, expect, test } from 'vitest';
import { redact } from '../../src/request/redact.ts';

const KEY = 'se"same/key';

describe('a key is replaced however it is written', () => {
  test.each([
    ['as it is', KEY],
    ['in JSON', JSON.stringify(KEY)],
    ['in a URL', encodeURIComponent(KEY)],
    ['as Basic credentials', `Basic ${btoa(`${KEY}:`)}`],
    ['as Basic credentials with a password', `Basic ${btoa(`${KEY}:none`)}`],
    ['in base64', btoa(KEY)],
    ['in base64url', Buffer.from(KEY).toString('base64url')],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(KEY))],
    [
      'in JSON that escapes all',
      [...KEY].map((unit) => `\\u00${unit.charCodeAt(0).toString(16).toUpperCase()}`).join(''),
    ],
    ['in a URL with lower-case digits', encodeURIComponent(KEY).toLowerCase()],
    ['in a URL that escapes only some', KEY.replace('"', '%22')],
    ['in HTML', KEY.replace('"', '&quot;')],
    ['in HTML by number', KEY.replace('"', '&#34;').replace('/', '&#x2F;')],
  ])('%s', (_, written) => {
    const redacted = redact(`one ${written} two ${written}`, KEY);

    expect(redacted).not.toContain('same');
    expect(redacted).not.toContain(btoa(KEY).slice(0, 8));
    expect(redacted).toMatch(/^one .*\$FIRSTOFFICER_TOKEN.* two .*\$FIRSTOFFICER_TOKEN.*$/);
  });
});

test('a key of a few letters is left alone: it would garble the words it is part of', () => {
  expect(redact('customers', 'e')).toBe('customers');
});

test.each(['\\', '&#0', '%', 's'])(
  'a text of many %j is searched in no time',
  (part) => {
    const text = part.repeat(300_000);

    expect(redact(text, KEY)).toBe(text);
  },
  5000,
);

test('other text stays as it is', () => {
  expect(redact('GET /v2/customers/{customer}', KEY)).toBe('GET /v2/customers/{customer}');
});
