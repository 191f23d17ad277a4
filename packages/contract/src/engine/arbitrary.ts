import type { JsonSchema } from '@firstofficer/openapi';
import fc, { type Arbitrary } from 'fast-check';
import { anyCharacter } from './any-character.ts';
import { textViolations } from './validation.ts';

type Value = string | number | boolean;

// Long enough to meet what reads only so far; longer values at the limits have probes of their own.
const LONGEST = 80;
// Where a schema does not say how large an integer may be.
const INT32 = 2 ** 31 - 1;
// Enough to meet a value that fits, if there are any to speak of.
const ATTEMPTS = 1000;

const FORMATS: Readonly<Record<string, () => Arbitrary<string>>> = {
  uuid: () => fc.uuid(),
  email: () => fc.emailAddress(),
  uri: () => fc.webUrl(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  date: () => anyDate().map((date) => date.toISOString().slice(0, 10)),
  'date-time': () => anyDate().map((date) => date.toISOString()),
};

/** Values of parameters that fit a schema; undefined for schemas of lists, objects and null, or of what is hard to meet. */
export function fitting(schema: JsonSchema, document: object): Arbitrary<Value> | undefined {
  const candidates = candidatesFor(schema);
  // Whatever keywords the generation knows nothing of are met all the same.
  const fits = (value: Value) => textViolations(schema, String(value), 'value', document).length === 0;
  // A filter that lets nothing through would look for ever.
  if (!candidates || !fc.sample(candidates, { numRuns: ATTEMPTS, seed: 0 }).some(fits)) return undefined;
  return candidates.filter(fits);
}

function candidatesFor(schema: JsonSchema): Arbitrary<Value> | undefined {
  const { type, format, pattern, enum: choices, const: constant } = schema as Readonly<Record<string, unknown>>;
  const { minimum, maximum, minLength = 0, maxLength = LONGEST } = schema as Readonly<Record<string, number>>;
  if (constant !== undefined) return fc.constant(constant as Value);
  if (Array.isArray(choices)) return fc.constantFrom(...(choices as Value[]));
  switch ([type].flat()[0]) {
    case 'integer':
      return integers(minimum, maximum);
    case 'number':
      return fc.double({
        min: minimum ?? Math.min(-1e9, maximum ?? 0),
        max: maximum ?? Math.max(1e9, minimum ?? 0),
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'string': {
      if (typeof pattern === 'string') return matching(pattern);
      if (typeof format === 'string' && FORMATS[format]) return FORMATS[format]();
      const size = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST)) };
      return fc.oneof(fc.string({ ...size, unit: anyCharacter }), fc.string({ ...size, unit: 'grapheme-ascii' }));
    }
    default:
      return undefined;
  }
}

/** Within what a double holds, even if the schema allows more. */
function integers(minimum: number | undefined, maximum: number | undefined): Arbitrary<number> | undefined {
  const min = Math.max(Math.ceil(minimum ?? Math.min(-INT32, maximum ?? 0)), Number.MIN_SAFE_INTEGER);
  const max = Math.min(Math.floor(maximum ?? Math.max(INT32, minimum ?? 0)), Number.MAX_SAFE_INTEGER);
  return min <= max ? fc.integer({ min, max }) : undefined;
}

/** Undefined for patterns that look ahead or behind, or refer back: no generation takes these. */
function matching(pattern: string): Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return undefined;
  }
}

function anyDate(): Arbitrary<Date> {
  return fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
}
