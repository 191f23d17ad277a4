import type { JsonSchema } from '@firstofficer/openapi';
import { isObject } from '../schema/json.ts';
import { type AnySchema, resolveReference } from './alternatives.ts';
import { type Place, replaceAt } from './places.ts';
import {
  createPlainValue,
  createRegExp,
  type Generation,
  isReadOnly,
  isValid,
  listPlainValues,
} from './schema-values.ts';

/** A value within a valid value, and the schemas that apply to it. */
export interface VisitedPlace {
  /** The whole valid value. */
  readonly root: unknown;
  readonly place: Place;
  readonly value: unknown;
  /** The schemas of the description, not merged, so that a violation leads to the place where the rule is. */
  readonly schemas: readonly JsonSchema[];
}

// Members of deeper objects, such as those of a recursive schema, are tested only where a value has them.
const MAX_DEPTH = 3;

/**
 * Returns all places of a valid value, of the same value with each missing optional member, with a second item in each list
 * of a body, and with the other branches of each schema. Read-only members are left out, because servers may ignore them.
 */
export function listPlaces(schema: JsonSchema, base: unknown, generation: Generation): VisitedPlace[] {
  const visit = (root: unknown) => listOwnPlaces(schema, root, generation);
  const own = visit(base);
  const extended = own.flatMap(({ place, value, schemas }) =>
    isObject(value) && place.length < MAX_DEPTH
      ? listMissingMembers(value, schemas).flatMap(([name, member]) => {
          const root = addMember(base, { place: [...place, name], schema: member }, generation);
          return root !== undefined && isValid(generation, schema, root) ? visit(root) : [];
        })
      : [],
  );
  const branches = listPlainValues(schema, generation).map((value) => keepMembers(schema, { value, base }, generation));
  const found = [...own, ...extended];
  const deeper = found
    .flatMap((at) => listBranches(at, generation))
    .filter((root) => isValid(generation, schema, root));
  // Some servers check only the first item.
  const longer = found.flatMap((at) => {
    const root = addItem(at, generation);
    return root !== undefined && isValid(generation, schema, root)
      ? visit(root).filter(({ place }) => isWithin(place, at.place))
      : [];
  });
  return [...longer, ...found, ...[...branches, ...deeper].flatMap(visit)];
}

/** Returns copies of the whole value, each with another branch at a place. */
function listBranches({ root, place, schemas }: VisitedPlace, generation: Generation): unknown[] {
  if (place.length === 0) return [];
  const composed = schemas.filter(({ oneOf, anyOf }) => oneOf !== undefined || anyOf !== undefined);
  return composed.flatMap((schema) =>
    listPlainValues(schema, generation).map((value) => replaceAt(root, place, value)),
  );
}

/** Returns a copy of the whole value in which a list at a place has a second item, or undefined if there is no such list. */
function addItem({ root, place, value, schemas }: VisitedPlace, generation: Generation): unknown {
  if (generation.use === 'text' || !Array.isArray(value) || value.length !== 1) return undefined;
  const [items] = schemas.flatMap((schema) => findChildSchemas(schema, 1));
  const item = isObject(items) ? createPlainValue(items, generation) : undefined;
  return item === undefined ? undefined : replaceAt(root, place, [...value, item]);
}

function isWithin(place: Place, outer: Place): boolean {
  return place.length > outer.length && outer.every((step, index) => place[index] === step);
}

function addMember(
  base: unknown,
  { place, schema }: { readonly place: Place; readonly schema: AnySchema },
  generation: Generation,
): unknown {
  const value = isObject(schema) ? createPlainValue(schema, generation) : 'text';
  return value === undefined ? undefined : replaceAt(base, place, value);
}

/** Returns a value of another branch with the members of the base value that are also valid there. */
function keepMembers(
  schema: JsonSchema,
  { value, base }: { readonly value: unknown; readonly base: unknown },
  generation: Generation,
): unknown {
  if (!isObject(value) || !isObject(base)) return value;
  const tags = findTagName(schema);
  let kept = value;
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(base, name) || tags.includes(name)) continue;
    const changed = { ...kept, [name]: base[name] };
    if (isValid(generation, schema, changed)) kept = changed;
  }
  return kept;
}

/** Returns the described members that an object lacks. */
export function listMissingMembers(
  value: Readonly<Record<string, unknown>>,
  schemas: readonly JsonSchema[],
): [name: string, schema: AnySchema][] {
  const described = schemas.flatMap(({ properties = {} }) => Object.entries(properties as Record<string, AnySchema>));
  const missing = described.filter(([name, schema]) => !Object.hasOwn(value, name) && schema !== false);
  const readOnly = new Set(missing.flatMap(([name, schema]) => (isReadOnly(schema) ? [name] : [])));
  return [...new Map(missing.filter(([name]) => !readOnly.has(name)))];
}

/** Returns all places of a valid value. Read-only members are left out. */
export function listOwnPlaces(schema: JsonSchema, root: unknown, generation: Generation): VisitedPlace[] {
  const visit = (schemas: readonly JsonSchema[], value: unknown, place: Place): VisitedPlace[] => {
    if (schemas.some(isReadOnly)) return [];
    const tags = schemas.flatMap(findTagName);
    // Another tag makes it a value of another branch.
    const members = listChildren(value).filter(([step]) => !tags.includes(String(step)));
    const children = members.flatMap(([step, child]) =>
      visit(
        schemas
          .flatMap((parent) => findChildSchemas(parent, step))
          .flatMap((one) => listApplied(one, child, generation)),
        child,
        [...place, step],
      ),
    );
    return [{ root, place, value, schemas }, ...children];
  };
  return visit(listApplied(schema, root, generation), root, []);
}

/** Returns the name of the member by which the branches of a schema differ. */
function findTagName({ discriminator }: JsonSchema): string[] {
  return isObject(discriminator) ? [String(discriminator.propertyName)] : [];
}

/** Returns the children of a value. Later items come first: some servers check only the first item. */
function listChildren(value: unknown): (readonly [step: string | number, child: unknown])[] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const).toReversed();
  return isObject(value) ? Object.entries(value) : [];
}

/** Returns a schema and the schemas that it applies to a value: those in allOf, in the valid branches and so on. */
function listApplied(schema: AnySchema, value: unknown, generation: Generation): JsonSchema[] {
  if (!isObject(schema)) return [];
  const { $ref, allOf = [], oneOf = [], anyOf = [], if: condition, then, else: otherwise } = schema;
  const { dependentSchemas = {} } = schema as { readonly dependentSchemas?: Readonly<Record<string, AnySchema>> };
  const branches = ([oneOf, anyOf] as AnySchema[][]).flat().filter((branch) => isValid(generation, branch, value));
  const conditional =
    condition === undefined ? [] : [isValid(generation, condition as AnySchema, value) ? then : otherwise];
  const dependent = Object.entries(dependentSchemas).flatMap(([name, one]) =>
    isObject(value) && Object.hasOwn(value, name) ? [one] : [],
  );
  const applied = [
    ...(typeof $ref === 'string' ? [resolveReference($ref, generation.validator.document)] : []),
    ...(allOf as readonly AnySchema[]),
    ...branches,
    ...(conditional as AnySchema[]),
    ...dependent,
  ];
  return [schema, ...applied.flatMap((one) => listApplied(one, value, generation))];
}

function findChildSchemas(parent: JsonSchema, step: string | number): AnySchema[] {
  if (typeof step === 'number') {
    const { prefixItems = [], items } = parent as {
      readonly prefixItems?: readonly AnySchema[];
      readonly items?: AnySchema;
    };
    const item = prefixItems[step] ?? items;
    return item === undefined ? [] : [item];
  }
  const { properties = {}, patternProperties = {} } = parent as Readonly<
    Record<string, Readonly<Record<string, AnySchema>>>
  >;
  const own = Object.hasOwn(properties, step) ? properties[step] : undefined;
  const matching = Object.entries(patternProperties).flatMap(([pattern, one]) =>
    createRegExp(pattern)?.test(step) ? [one] : [],
  );
  const found = [...(own === undefined ? [] : [own]), ...matching];
  const { additionalProperties } = parent as { readonly additionalProperties?: AnySchema };
  return found.length > 0 || additionalProperties === undefined ? found : [additionalProperties];
}
