import { describe, expect, test } from 'vitest';
import { whyUnsendable } from '../../src/customers/identifier.ts';
import { nearMisses } from '../../src/rules/near-misses.ts';

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
  const values = nearMisses(known).map(({ value }) => value);

  test('are none of them it', () => {
    expect(values).not.toContain(known);
  });

  test('are each there once', () => {
    expect(new Set(values).size).toBe(values.length);
  });

  test('can all be sent', () => {
    expect(values.filter((value) => whyUnsendable(value) !== undefined)).toEqual([]);
  });
});

describe('among the near misses', () => {
  const missOf = (known: string, kind: string) => nearMisses(known).find(({ what }) => what === kind)?.value;

  test.each([
    ['all but its last character', 'cus_1Ab', 'cus_1A'],
    ['all but its last character', 'x🦆', 'x'],
    ['all but its first character', 'cus_1Ab', 'us_1Ab'],
    ['its first half', 'cus_1Ab', 'cus_'],
    ['upper case', 'cus_1Ab', 'CUS_1AB'],
    ['lower case', 'cus_1Ab', 'cus_1ab'],
    ['the other case', 'cus_1Ab', 'CUS_1aB'],
    ['a space after it', 'cus_1Ab', 'cus_1Ab '],
    ['a NUL and more after it', 'cus_1Ab', 'cus_1Ab\0x'],
    ['an SQL wildcard for its end', 'cus_1Ab', 'cus_1A%'],
    ['a folder and two dots before it', 'cus_1Ab', 'x/../cus_1Ab'],
    ['what follows its prefix', 'cus_1Ab', '1Ab'],
    ['a colon for its underscore', 'cus_1Ab', 'cus:1Ab'],
    ['it, encoded twice', 'a_1', '%61%5f%31'],
    ['wide characters', 'a1', 'ａ１'],
    ['a zero before it', '1340573', '01340573'],
    ['a fraction of zero', '1340573', '1340573.0'],
    ['an exponent', '1340573', '1340573e0'],
    ['hexadecimal digits', '1340573', '0x14749d'],
    ['commas between its digits', '1340573', '1,340,573'],
    ['it plus 2^64', '1340573', '18446744073710892189'],
    ['Arabic digits', '1340', '١٣٤٠'],
    ['its domain in upper case', 'j.d+x@a.fi', 'j.d+x@A.FI'],
    ['its tag left out', 'j.d+x@a.fi', 'j.d@a.fi'],
    ['another tag', 'j.d@a.fi', 'j.d+x@a.fi'],
    ['a space for its plus', 'j.d+x@a.fi', 'j.d x@a.fi'],
    ['its dots left out', 'j.d+x@a.fi', 'jd+x@a.fi'],
    ['its mailbox alone', 'jo@example.com', 'jo'],
    ['its domain alone', 'jo@example.com', 'example.com'],
  ])('is %s: of %s it is %j', (kind, known, expected) => {
    expect(missOf(known, kind)).toBe(expected);
  });

  test('are other numbers of what is a number only', () => {
    expect(missOf('cus_1', 'a zero before it')).toBeUndefined();
    expect(missOf('01', 'an exponent')).toBeUndefined();
  });

  test('are other addresses of what is an address only', () => {
    expect(missOf('cus_1', 'another tag')).toBeUndefined();
    expect(missOf('@a', 'its domain alone')).toBeUndefined();
  });
});
