import { expect, test } from 'vitest';
import { generateKey, parseKeyId } from '../src/api-keys/format.ts';

test('a key contains its ID, has at least 128 random bits, and needs no escaping', () => {
  const { key, id } = generateKey();
  const [, secret = ''] = /^fo_[0-9A-Za-z]{10}([0-9A-Za-z]{24})[0-9A-Za-z]{6}$/.exec(key) ?? [];

  expect(parseKeyId(key)).toBe(id);
  expect(Math.log2(62) * secret.length).toBeGreaterThan(128);
  expect(new Set(Array.from({ length: 1_000 }, () => generateKey().id)).size).toBe(1_000);
});

test('every wrong, missing, doubled or swapped character is detected', () => {
  const { key } = generateKey();
  for (let at = 0; at < key.length; at += 1) {
    const current = key[at] ?? '';
    const next = key[at + 1] ?? '';
    const wrong = current === 'x' ? 'y' : 'x';
    const mistakes = [wrong + next, next, current + current + next, next === current ? wrong + next : next + current];
    for (const mistake of next === '' ? mistakes.slice(0, 3) : mistakes) {
      expect(parseKeyId(key.slice(0, at) + mistake + key.slice(at + 2)), `at ${at}`).toBeUndefined();
    }
  }
});
