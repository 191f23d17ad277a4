import { asObject } from '@firstofficer/openapi';

/**
 * Returns a copy of a schema for the generator of Prism:
 *
 * - Tuples have the form of older drafts, because the generator does not know `prefixItems`.
 * - Objects whose members are described have no others. The generator would invent them, which takes most of its time.
 *   Parts of a composition stay open, because together they describe one object.
 */
export function createGeneratorSchema<T extends object>(schema: T): T {
  return copy(schema, false) as T;
}

const COMPOSITIONS = ['allOf', 'anyOf', 'oneOf'];

// The members of these keywords are names, not keywords.
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

function copy(value: unknown, isPart: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item, isPart));
  if (typeof value !== 'object' || value === null) return value;
  const { prefixItems, items, ...others } = asObject(value);
  const members = Object.entries({
    ...others,
    ...(items !== undefined && { [prefixItems === undefined ? 'items' : 'additionalItems']: items }),
    ...(prefixItems !== undefined && { items: prefixItems }),
  }).map(([name, member]): [string, unknown] => {
    if (!MAPS.includes(name)) return [name, copy(member, COMPOSITIONS.includes(name))];
    return [name, Object.fromEntries(Object.entries(asObject(member)).map(([key, part]) => [key, copy(part, false)]))];
  });
  const isClosed = !isPart && others.properties !== undefined && canClose(others);
  return { ...Object.fromEntries(members), ...(isClosed && { additionalProperties: false }) };
}

function canClose(schema: Readonly<Record<string, unknown>>): boolean {
  const keywords = [
    ...COMPOSITIONS,
    'additionalProperties',
    'patternProperties',
    'unevaluatedProperties',
    'minProperties',
  ];
  return keywords.every((keyword) => schema[keyword] === undefined);
}
