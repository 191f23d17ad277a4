import type { JsonSchema } from '@firstofficer/openapi';
import fc from 'fast-check';
import { FORMATS } from './formats.ts';
import { type Place, replaceAt } from './places.ts';
import { createArbitrary, type Generation, isValid } from './schema-values.ts';
import { listOwnPlaces } from './visit-schema.ts';

/** How to renew a value: the same number gives the same text. */
interface Renewal {
  readonly generation: Generation;
  readonly number: number;
  /** A place that stays as it is. */
  readonly keep?: Place;
}

// Text at deeper places is rarely an identifier.
const MAX_DEPTH = 2;

/**
 * Returns a copy of a valid value with other text, so that a server that requires unique names accepts it. Text that the
 * schema limits to a few values, dates, and everything else stay.
 */
export function renewValue(schema: JsonSchema, base: unknown, { generation, number, keep }: Renewal): unknown {
  let renewed = base;
  for (const { place, value, schemas } of listOwnPlaces(schema, base, generation)) {
    if (place.length > MAX_DEPTH || typeof value !== 'string' || (keep && isWithin(place, keep))) continue;
    if (schemas.some((one) => one.enum !== undefined || one.const !== undefined)) continue;
    const formatted = schemas.find(({ format }) => format !== undefined)?.format;
    const patterned = schemas.find(({ pattern }) => pattern !== undefined);
    const candidates = patterned
      ? sampleText(patterned, { generation, number })
      : [renewText({ format: formatted }, value, number)];
    const changed = candidates
      .map((text) => replaceAt(renewed, place, text))
      .find((whole) => isValid(generation, schema, whole));
    if (changed !== undefined) renewed = changed;
  }
  return renewed;
}

/** Returns whether a place is a kept place or within it. Members of a kept whole value are renewed. */
function isWithin(place: Place, keep: Place): boolean {
  if (keep.length === 0) return place.length === 0;
  return keep.every((step, index) => place[index] === step);
}

/** Returns another text of the same format. Without a format, it adds the number, in place of characters at the end. */
export function renewText({ format, maxLength = 80 }: JsonSchema, text: string, number: number): string {
  const mark = number.toString(36);
  switch (format) {
    case 'uuid':
      return sampleFormat('uuid', number);
    case 'email':
      return `${mark}.${text}`;
    case 'uri':
    case 'uri-reference':
      return `${text.replace(/[?#].*$/s, '').replace(/\/$/, '')}/${mark}`;
    case undefined: {
      const end = ` ${mark}`;
      const start = [...text].slice(0, Math.max(0, Number(maxLength) - end.length)).join('');
      return `${start}${end}`.trim();
    }
    default:
      return text;
  }
}

function sampleFormat(format: string, seed: number): string {
  const values = FORMATS[format]?.random();
  return values ? (fc.sample(values, { numRuns: 1, seed })[0] ?? '') : '';
}

function sampleText(schema: JsonSchema, { generation, number }: Renewal): unknown[] {
  const values = createArbitrary(schema, generation);
  // Biased samples would often be the same.
  return values ? fc.sample(fc.noBias(values), { numRuns: 5, seed: number }) : [];
}
