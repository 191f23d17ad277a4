import { expect, test } from 'vitest';
import { generateKey, parseKeyId } from '../src/api-keys/format.ts';

test('a key names itself, has 128 random bits or more, and needs no escaping', () => {
  const { key, id } = generateKey();
  const [, secret = ''] = /^fo_[0-9A-Za-z]{10}([0-9A-Za-z]{24})[0-9A-Za-z]{6}$/.exec(key) ?? [];

  expect(parseKeyId(key)).toBe(id);
  expect(Math.log2(62) * secret.length).toBeGreaterThan(128);
  expect(new Set(Array.from({ length: 1_000 }, () => generateKey().id)).size).toBe(1_000);
});

test('every mistyped, missing or exchanged character is noticed', () => {
  const { key } = generateKey();
  for (let at = 0; at < key.length; at += 1) {
    const typed = key[at] ?? '';
    const next = key[at + 1] ?? '';
    const wrong = typed === 'x' ? 'y' : 'x';
    const mistakes = [wrong + next, next, typed + typed + next, next === typed ? wrong + next : next + typed];
    for (const mistake of next === '' ? mistakes.slice(0, 3) : mistakes) {
      expect(parseKeyId(key.slice(0, at) + mistake + key.slice(at + 2)), `at ${at}`).toBeUndefined();
    }
  }
});
