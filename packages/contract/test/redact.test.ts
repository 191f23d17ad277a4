import { describe, expect, test } from 'vitest';
import { redact, redacting } from '../src/redact.ts';

const KEY = 'se"same/key';

describe('a key is replaced however it is written', () => {
  test.each([
    ['as it is', KEY],
    ['in JSON', JSON.stringify(KEY)],
    ['in a URL', encodeURIComponent(KEY)],
    ['as Basic credentials', `Basic ${btoa(`${KEY}:`)}`],
    ['in base64', btoa(KEY)],
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

test('other text stays as it is', () => {
  expect(redact('GET /v2/customers/{customer}', KEY)).toBe('GET /v2/customers/{customer}');
});

test('what is written to a terminal arrives although Vitest takes over its write', () => {
  const written: string[] = [];
  const terminal = {
    isTTY: true,
    columns: 80,
    write: (text: string) => written.push(text),
  };
  const stream = redacting(terminal as unknown as NodeJS.WriteStream, KEY);
  terminal.write = () => expect.unreachable('this is no way past Vitest');
  stream.write(`a ${KEY}`);

  expect(written).toEqual(['a $FIRSTOFFICER_TOKEN']);
  expect(stream).toMatchObject({ isTTY: true, columns: 80 });
});
