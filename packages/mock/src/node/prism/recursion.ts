import { asArray, asObject } from '@firstofficer/openapi';

/** Schemas by name, which refer to each other with `#/__bundled__/NAME`. */
type Bundle = Readonly<Record<string, unknown>>;

/**
 * Returns the recursive schemas without references: members, items and alternatives that may be missing are left out, and
 * required ones contain the schemas that they refer to. A schema that no finite value fits is left out.
 *
 * The generator itself follows each reference only a few times, and then returns `{}` whatever is required there.
 */
export function cutRecursion(bundle: Bundle): Bundle {
  const finite: Record<string, unknown> = {};
  let size: number;
  do {
    size = Object.keys(finite).length;
    for (const [name, schema] of Object.entries(bundle)) {
      const cut = Object.hasOwn(finite, name) ? undefined : replaceRequired(schema, finite);
      if (cut !== undefined) finite[name] = cut;
    }
  } while (Object.keys(finite).length > size);
  return finite;
}

/** Returns a schema with the finite schemas that it refers to instead of the references. */
export function replaceReferences(value: unknown, finite: Bundle): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, finite));
  if (typeof value !== 'object' || value === null) return value;
  const target = finite[readReference(value) ?? ''];
  if (target !== undefined) return target;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaceReferences(member, finite)]));
}

function readReference(value: unknown): string | undefined {
  return /^#\/__bundled__\/(.*)$/.exec(String(asObject(value).$ref))?.[1];
}

/** Returns a schema with only those references replaced that its values need; undefined if one of these is not finite. */
function replaceRequired(value: unknown, finite: Bundle): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const reference = readReference(value);
  if (reference !== undefined) return finite[reference];
  const { properties, required, items, minItems, additionalProperties, ...schema } = asObject(value);
  const cut = (part: unknown, isRequired = false) => replaceRequired(part, isRequired ? finite : {});
  const members = Object.entries(asObject(properties)).map(([name, member]) => {
    const isRequired = asArray(required).includes(name);
    return { name, isRequired, member: cut(member, isRequired) };
  });
  if (members.some(({ isRequired, member }) => isRequired && member === undefined)) return undefined;
  const hasItems = Number(minItems ?? 0) > 0;
  const newItems = Array.isArray(items) ? items.map((item) => cut(item, hasItems)) : cut(items, hasItems);
  const isEmpty = items !== undefined && (newItems === undefined || asArray(newItems).includes(undefined));
  if (hasItems && isEmpty) return undefined;
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword): [string, unknown[]][] => {
    if (!Array.isArray(schema[keyword])) return [];
    const isKept = (part: unknown) => part !== undefined;
    if (keyword === 'allOf') return [[keyword, schema[keyword].map((part) => cut(part, true))]];
    const kept = schema[keyword].map((part) => cut(part)).filter(isKept);
    return [[keyword, kept.length > 0 ? kept : schema[keyword].map((part) => cut(part, true)).filter(isKept)]];
  });
  if (parts.some(([, list]) => list.length === 0 || list.includes(undefined))) return undefined;
  const kept = members.filter(({ member }) => member !== undefined);
  return {
    ...schema,
    ...(required !== undefined && { required }),
    ...(minItems !== undefined && { minItems }),
    ...(properties !== undefined && { properties: Object.fromEntries(kept.map(({ name, member }) => [name, member])) }),
    ...(additionalProperties !== undefined && { additionalProperties: cut(additionalProperties) ?? false }),
    // The generator fails without a schema for the items.
    ...(items !== undefined && (isEmpty ? { maxItems: 0, items: { type: 'string' } } : { items: newItems })),
    ...Object.fromEntries(parts),
  };
}
