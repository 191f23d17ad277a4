import { findExamplePairs, loadDescription } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { explainUnsendable } from '../../src/customers/known-customers.ts';
import { createNearMisses, HOSTILE_IDENTIFIERS } from '../../src/rules/unknown-identifiers.ts';
import { locateSpec } from '../../src/run/context.ts';

const KNOWN = [
  'cus_1234ABCD',
  '1340573',
  'jane.doe+x@example.com',
  'ws/1',
  'x',
  '7',
  '🦆x',
  'ä@ö.fi',
  '.a',
  'ABC',
  '%41',
  '_',
];

describe.each(KNOWN)('the near misses of %s', (known) => {
  const values = createNearMisses(known).map(({ value }) => value);

  test('differ from it and from each other', () => {
    expect(new Set([known, ...values]).size).toBe(values.length + 1);
  });

  test('can be in a URL path', () => {
    expect(values.filter((value) => explainUnsendable(value) !== undefined)).toEqual([]);
  });
});

describe('createNearMisses', () => {
  const missOf = (known: string, wanted: string) => createNearMisses(known).find(({ name }) => name === wanted)?.value;

  test.each([
    ['without its last character', 'cus_1Ab', 'cus_1A'],
    ['without its last character', 'x🦆', 'x'],
    ['without its first character', 'cus_1Ab', 'us_1Ab'],
    ['only its first half', 'cus_1Ab', 'cus_'],
    ['upper case', 'cus_1Ab', 'CUS_1AB'],
    ['lower case', 'cus_1Ab', 'cus_1ab'],
    ['swapped case', 'cus_1Ab', 'CUS_1aB'],
    ['a space after it', 'cus_1Ab', 'cus_1Ab '],
    ['a NUL and a letter after it', 'cus_1Ab', 'cus_1Ab\0x'],
    ['an SQL wildcard instead of its end', 'cus_1Ab', 'cus_1A%'],
    ['a folder and two dots before it', 'cus_1Ab', 'x/../cus_1Ab'],
    ['without its prefix', 'cus_1Ab', '1Ab'],
    ['a colon instead of its underscore', 'cus_1Ab', 'cus:1Ab'],
    ['percent-encoded twice', 'a_1', '%61%5f%31'],
    ['full-width characters', 'a1', 'ａ１'],
    ['a zero before it', '1340573', '01340573'],
    ['a fraction of 0', '1340573', '1340573.0'],
    ['an exponent', '1340573', '1340573e0'],
    ['hexadecimal digits', '1340573', '0x14749d'],
    ['commas between its digits', '1340573', '1,340,573'],
    ['the number plus 2^64', '1340573', '18446744073710892189'],
    ['Arabic digits', '1340', '١٣٤٠'],
    ['its domain in upper case', 'j.d+x@a.fi', 'j.d+x@A.FI'],
    ['without its tag', 'j.d+x@a.fi', 'j.d@a.fi'],
    ['another tag', 'j.d@a.fi', 'j.d+x@a.fi'],
    ['a space instead of its plus', 'j.d+x@a.fi', 'j.d x@a.fi'],
    ['without its dots', 'j.d+x@a.fi', 'jd+x@a.fi'],
    ['only its mailbox', 'jo@example.com', 'jo'],
    ['only its domain', 'jo@example.com', 'example.com'],
  ])('returns %s: for %s it is %j', (name, known, expected) => {
    expect(missOf(known, name)).toBe(expected);
  });

  test('returns other spellings of numbers only for numbers', () => {
    expect(missOf('cus_1', 'a zero before it')).toBeUndefined();
    expect(missOf('01', 'an exponent')).toBeUndefined();
  });

  test('returns other email addresses only for email addresses', () => {
    expect(missOf('cus_1', 'another tag')).toBeUndefined();
    expect(missOf('@a', 'only its domain')).toBeUndefined();
  });
});

describe('the hostile identifiers', () => {
  const values = HOSTILE_IDENTIFIERS.map(({ value }) => value);

  test('are all different', () => {
    expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
  });

  test('can be in a URL path', () => {
    expect(values.filter((value) => explainUnsendable(value) !== undefined)).toEqual([]);
  });

  test('are not examples of the description', async () => {
    const { operations } = await loadDescription(locateSpec(undefined));
    const examples = operations.flatMap(findExamplePairs).flatMap(({ parameters }) => Object.values(parameters));

    expect(values.filter((value) => examples.includes(value))).toEqual([]);
  });

  test('have all lengths up to the maximum and beyond', () => {
    const lengths = values.map((value) => [...value].length);

    expect(lengths).toEqual(expect.arrayContaining([1, 1024]));
    expect(Math.max(...lengths)).toBeGreaterThan(1024);
  });
});
