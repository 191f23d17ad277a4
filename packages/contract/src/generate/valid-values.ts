import type { JsonSchema } from '@firstofficer/openapi';
import fc, { type Arbitrary } from 'fast-check';
import type { Validator } from '../schema/validation.ts';

type Value = string | number | boolean;

// Long enough to find servers that truncate values. Other test cases send values at the limits.
const LONGEST = 80;
// The default range of integers if a schema has no limits.
const INT32 = 2 ** 31 - 1;

const FORMATS: Readonly<Record<string, () => Arbitrary<string>>> = {
  uuid: () => fc.uuid(),
  email: () => fc.emailAddress(),
  uri: () => fc.webUrl(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  date: () => createDates().map((date) => date.toISOString().slice(0, 10)),
  'date-time': () => createDates().map((date) => date.toISOString()),
};

// At least one of this many candidates must be valid. Otherwise filtering could take forever.
const DRAFTS = 100;

/** Returns an arbitrary of valid parameter values, or undefined for lists, objects and null, and if no valid value is found. */
export function createValidValues(schema: JsonSchema, validator: Validator): Arbitrary<Value> | undefined {
  const candidates = createCandidates(schema);
  // Validation covers keywords that the generator does not know.
  const isValid = (value: Value) => validator.validateText(schema, String(value), 'value').length === 0;
  if (!candidates || !fc.sample(candidates, { numRuns: DRAFTS, seed: 1 }).some(isValid)) return undefined;
  return candidates.filter(isValid);
}

function createCandidates(schema: JsonSchema): Arbitrary<Value> | undefined {
  const { type, format, pattern, enum: choices, const: constant } = schema as Readonly<Record<string, unknown>>;
  const { minLength = 0, maxLength = LONGEST } = schema as Readonly<Record<string, number>>;
  if (constant !== undefined) return isValue(constant) ? fc.constant(constant) : undefined;
  if (Array.isArray(choices)) {
    const values = choices.filter(isValue);
    return values.length > 0 ? fc.constantFrom(...values) : undefined;
  }
  switch ([type].flat().find((one) => one !== 'null')) {
    case 'integer':
      return createIntegers(schema);
    case 'number':
      return createNumbers(schema);
    case 'boolean':
      return fc.boolean();
    case 'string': {
      if (typeof pattern === 'string') return createMatching(pattern);
      if (typeof format === 'string' && FORMATS[format]) return FORMATS[format]();
      const size = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST)) };
      return fc.oneof(fc.string({ ...size, unit: anyCharacter }), fc.string({ ...size, unit: 'grapheme-ascii' }));
    }
    default:
      return undefined;
  }
}

function createIntegers(schema: JsonSchema): Arbitrary<number> | undefined {
  const { multipleOf = 1 } = schema as Readonly<Record<string, number>>;
  const [least, most] = findLimits(schema, INT32 * multipleOf);
  const [min, max] = [Math.ceil(least / multipleOf), Math.floor(most / multipleOf)];
  const isDrawable = min <= max && [min, max].every(Number.isSafeInteger);
  return isDrawable ? fc.integer({ min, max }).map((count) => count * multipleOf) : undefined;
}

function createNumbers(schema: JsonSchema): Arbitrary<number> | undefined {
  const [min, max] = findLimits(schema, 1e9);
  return min <= max ? fc.double({ min, max, noNaN: true }) : undefined;
}

/** Returns the limits of a number. Missing or distant limits are restricted to the range. */
function findLimits(schema: JsonSchema, range: number): [least: number, most: number] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Readonly<Record<string, number>>;
  const least = Math.max(...[minimum, exclusiveMinimum].filter((limit) => limit !== undefined));
  const most = Math.min(...[maximum, exclusiveMaximum].filter((limit) => limit !== undefined));
  const floor = most < -range ? most - range : -range;
  const ceiling = least > range ? least + range : range;
  return [Math.max(least, floor), Math.min(most, ceiling)];
}

function createMatching(pattern: string): Arbitrary<string> | undefined {
  for (const flags of ['u', '']) {
    try {
      return fc.stringMatching(new RegExp(pattern, flags));
    } catch {
      // Some patterns have escapes that Unicode mode rejects, or assertions that fast-check cannot generate.
    }
  }
  return undefined;
}

function isValue(value: unknown): value is Value {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function createDates(): Arbitrary<Date> {
  return fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
}

const LAST_CHARACTER = 0x10ffff;
const SURROGATES = { first: 0xd800, count: 0x800 };

/** Generates any Unicode character. The similar unit of fast-check takes most of a second to initialize. */
export const anyCharacter: Arbitrary<string> = fc
  .integer({ min: 0, max: LAST_CHARACTER - SURROGATES.count })
  .map((n) => String.fromCodePoint(n < SURROGATES.first ? n : n + SURROGATES.count));
