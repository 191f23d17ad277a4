import { expect, test } from 'vitest';
import { createEquivalentSegments } from '../../src/request/path-segments.ts';

const VALUES = ['cus_1', 'jäne+b@x.de', "a/b?c#d%2e(e)!'*", '🦆', '100%', '$&,:;='];

test.each(VALUES)('all encodings of %s are different segments that decode to it', (value) => {
  const segments = createEquivalentSegments(value).map(({ segment }) => segment);

  for (const segment of segments) {
    expect(decodeURIComponent(segment)).toBe(value);
    expect(segment).toMatch(/^[^/?#\s]+$/);
  }
  expect(new Set([encodeURIComponent(value), ...segments]).size).toBe(segments.length + 1);
});

test('encodings of letters, and of other characters that encodeURIComponent encodes, are the same URL', () => {
  const same = createEquivalentSegments('aé/').filter(({ isSameUrl }) => isSameUrl);

  expect(same.map(({ segment }) => segment)).toEqual(['%61%C3%A9%2F', '%61%c3%a9%2f', 'a%c3%a9%2f']);
});

test('there are five encodings of a text with special characters', () => {
  expect(createEquivalentSegments("a+b/('ä')")).toEqual([
    {
      name: 'all characters encoded, with upper-case digits',
      segment: '%61%2B%62%2F%28%27%C3%A4%27%29',
      isSameUrl: false,
    },
    {
      name: 'all characters encoded, with lower-case digits',
      segment: '%61%2b%62%2f%28%27%c3%a4%27%29',
      isSameUrl: false,
    },
    { name: 'lower-case digits', segment: "a%2bb%2f('%c3%a4')", isSameUrl: true },
    { name: 'only the necessary characters encoded', segment: "a+b%2F('%C3%A4')", isSameUrl: false },
    { name: 'sub-delimiters encoded', segment: 'a%2Bb%2F%28%27%C3%A4%27%29', isSameUrl: false },
  ]);
});
