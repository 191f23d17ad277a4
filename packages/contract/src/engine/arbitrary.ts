import type { JsonSchema } from '@firstofficer/openapi';
import fc, { type Arbitrary } from 'fast-check';
import { anyCharacter } from './any-character.ts';
import { textViolations } from './validation.ts';

type Value = string | number | boolean;

// Long enough to meet what reads only so far; longer values at the limits have probes of their own.
const LONGEST = 80;
// What fast-check draws integers from.
const INT32 = 2 ** 31 - 1;

const FORMATS: Readonly<Record<string, () => Arbitrary<string>>> = {
  uuid: () => fc.uuid(),
  email: () => fc.emailAddress(),
  uri: () => fc.webUrl(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  date: () => anyDate().map((date) => date.toISOString().slice(0, 10)),
  'date-time': () => anyDate().map((date) => date.toISOString()),
};

/** Values of parameters that fit a schema; undefined for schemas of lists, objects and null. */
export function fitting(schema: JsonSchema, document: object): Arbitrary<Value> | undefined {
  const candidates = candidatesFor(schema);
  // Whatever keywords the generation knows nothing of are met all the same.
  return candidates?.filter((value) => textViolations(schema, String(value), 'value', document).length === 0);
}

function candidatesFor(schema: JsonSchema): Arbitrary<Value> | undefined {
  const { type, format, pattern, enum: choices, const: constant } = schema as Readonly<Record<string, unknown>>;
  const { minimum, maximum, minLength = 0, maxLength = LONGEST } = schema as Readonly<Record<string, number>>;
  if (constant !== undefined) return fc.constant(constant as Value);
  if (Array.isArray(choices)) return fc.constantFrom(...(choices as Value[]));
  switch ([type].flat()[0]) {
    case 'integer':
      return fc.integer({ min: Math.max(minimum ?? -INT32, -INT32), max: Math.min(maximum ?? INT32, INT32) });
    case 'number':
      return fc.double({ min: minimum ?? -1e9, max: maximum ?? 1e9, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'string': {
      if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern, 'u'));
      if (typeof format === 'string' && FORMATS[format]) return FORMATS[format]();
      const size = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST)) };
      return fc.oneof(fc.string({ ...size, unit: anyCharacter }), fc.string({ ...size, unit: 'grapheme-ascii' }));
    }
    default:
      return undefined;
  }
}

function anyDate(): Arbitrary<Date> {
  return fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
}
