import type { JsonSchema } from '@firstofficer/openapi';
import { listMutations } from './mutations.ts';
import { formatPlace, type Place, replaceAt } from './places.ts';
import { type Generation, listViolations } from './schema-values.ts';
import { listPlaces, type VisitedPlace } from './visit-schema.ts';

/** A value made from a valid value by one change, named after the keyword and the place that were changed. */
export interface GeneratedCase {
  /** Without the name of the whole value, such as `/rooms/0/price: multipleOf 0.05 (between two multiples)`. */
  readonly name: string;
  readonly place: Place;
  readonly keyword: string;
  /** The whole value. */
  readonly value: unknown;
  /** The schema that has the keyword. */
  readonly specRef: readonly [object, ...string[]];
}

/** A value that violates one keyword. */
export interface InvalidCase extends GeneratedCase {
  /** Whether servers may accept the value for a good reason. */
  readonly isDisputed: boolean;
}

// For most keywords, a few values suffice.
const MAX_PER_KEYWORD = 6;

// These keywords also fail when a keyword of a subschema fails.
const COMPOSITE = ['oneOf', 'anyOf', 'if', 'not', 'contains', 'propertyNames', 'discriminator'];
const UNEVALUATED = ['unevaluatedProperties', 'unevaluatedItems'];

/**
 * Returns values that violate one keyword each, for every keyword at every place of a valid value. Each differs from a
 * valid value by one change. Those at deeper places come last.
 */
export function listInvalidCases(schema: JsonSchema, base: unknown, generation: Generation): InvalidCase[] {
  const cases = new Map<string, InvalidCase>();
  const done = new Map<object, Set<string>>();
  const visited = listPlaces(schema, base, generation).toSorted((a, b) => a.place.length - b.place.length);
  const applied = new Map<unknown, Set<object>>();
  for (const { root, schemas } of visited) {
    applied.set(root, new Set([...(applied.get(root) ?? []), ...schemas]));
  }
  for (const at of visited) {
    // All items of a list have the same rules.
    const template = formatPlace(at.place.map((step) => (typeof step === 'number' ? '*' : step)));
    for (const one of new Set(at.schemas)) {
      const known = done.get(one) ?? new Set();
      done.set(one, known);
      for (const keyword of Object.keys(one)) {
        const key = `${template}: ${keyword}`;
        if (known.has(key)) continue;
        const scope = { schema, generation, applied: applied.get(at.root) ?? new Set() };
        const found = listCasesOf(at, { schema: one, keyword }, scope);
        for (const each of found) if (!cases.has(each.name)) cases.set(each.name, each);
        // If this value does not allow the change, another valid value may.
        if (found.length > 0) known.add(key);
      }
    }
  }
  return [...cases.values()];
}

interface Scope {
  /** The schema of the whole value. */
  readonly schema: JsonSchema;
  readonly generation: Generation;
  /** The schemas that apply to the valid value. Others, such as those of other branches, may be violated too. */
  readonly applied: ReadonlySet<object>;
}

interface Rule {
  readonly schema: JsonSchema;
  readonly keyword: string;
}

function listCasesOf(at: VisitedPlace, { schema, keyword }: Rule, scope: Scope): InvalidCase[] {
  const { root, place, value, schemas } = at;
  const found = new Map<string, InvalidCase>();
  const site = { value, schema, schemas, generation: scope.generation, isWhole: place.length === 0 };
  for (const mutation of listMutations(site, keyword)) {
    const { detail, isDisputed = false } = mutation;
    if (found.has(detail) || found.size >= MAX_PER_KEYWORD) continue;
    const changed = replaceAt(root, place, mutation.value);
    if (!violatesOnly(changed, { place, keyword, schema }, scope)) continue;
    const name = `${formatPlace(place)}: ${formatKeyword(schema, keyword)} (${detail})`;
    found.set(detail, { name, place, keyword, value: changed, specRef: [schema, keyword], isDisputed });
  }
  return [...found.values()];
}

/** Returns whether a value violates one keyword and no other one of the schemas that apply to the valid value. */
function violatesOnly(
  value: unknown,
  { place, keyword, schema }: Rule & { readonly place: Place },
  { schema: whole, generation, applied }: Scope,
): boolean {
  const pointer = formatPlace(place);
  const violations = listViolations(generation, whole, value);
  const isOwn = (violated: string) =>
    violated === keyword || (violated === 'discriminator' && COMPOSITE.includes(keyword));
  if (!violations.some((one) => one.specRef[0] === schema && isOwn(one.specRef[1]) && one.place === pointer))
    return false;
  if (COMPOSITE.includes(keyword)) return true;
  return violations.every(
    ({ specRef: [violatedSchema, violated], place: violatedPlace }) =>
      (violatedPlace === pointer && isOwn(violated)) ||
      !applied.has(violatedSchema) ||
      COMPOSITE.includes(violated) ||
      UNEVALUATED.includes(violated),
  );
}

function formatKeyword(schema: JsonSchema, keyword: string): string {
  const value = schema[keyword];
  const isShort = ['string', 'number', 'boolean'].includes(typeof value) && String(value).length <= 40;
  return isShort ? `${keyword} ${value}` : keyword;
}
