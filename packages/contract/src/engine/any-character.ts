import fc, { type Arbitrary } from 'fast-check';

const LAST = 0x10ffff;
const SURROGATES = { first: 0xd800, count: 0x800 };

/**
 * Any character of Unicode. fast-check has such a unit, too, but takes most of a second to prepare for shrinking to
 * other characters of the same kind.
 */
export const anyCharacter: Arbitrary<string> = fc
  .integer({ min: 0, max: LAST - SURROGATES.count })
  .map((n) => String.fromCodePoint(n < SURROGATES.first ? n : n + SURROGATES.count));
