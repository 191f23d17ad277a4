import { expect, test } from 'vitest';
import { equivalentSegments } from '../../src/request/path-segments.ts';

const VALUES = ['cus_1', 'jäne+b@x.de', "a/b?c#d%2e(e)!'*", '🦆', '100%', '$&,:;='];

test.each(VALUES)('all ways to write %s decode to it', (value) => {
  for (const { segment } of equivalentSegments(value)) expect(decodeURIComponent(segment)).toBe(value);
});

test.each(VALUES)('no way to write %s is there twice, or is the usual one', (value) => {
  const segments = equivalentSegments(value).map(({ segment }) => segment);

  expect(new Set([encodeURIComponent(value), ...segments]).size).toBe(segments.length + 1);
});

test.each(VALUES)('no way to write %s has what would end the segment', (value) => {
  for (const { segment } of equivalentSegments(value)) expect(segment).toMatch(/^[^/?#\s]+$/);
});

test('each way is there where it makes a difference', () => {
  expect(equivalentSegments("a+b/('ä')")).toEqual([
    { name: 'everything encoded, in upper-case digits', segment: '%61%2B%62%2F%28%27%C3%A4%27%29' },
    { name: 'everything encoded, in lower-case digits', segment: '%61%2b%62%2f%28%27%c3%a4%27%29' },
    { name: 'lower-case digits', segment: "a%2bb%2f('%c3%a4')" },
    { name: 'no more encoded than necessary', segment: "a+b%2F('%C3%A4')" },
    { name: 'its sub-delimiters encoded', segment: 'a%2Bb%2F%28%27%C3%A4%27%29' },
  ]);
});
