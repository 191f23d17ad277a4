import { asArray, asObject, findReferenceTarget, type JsonObject } from '@firstofficer/openapi';
import { mergeSchema } from '../markdown/schema.ts';

/** Members of a description whose values are data and contain no schemas. */
const DATA = ['const', 'default', 'enum', 'example', 'examples', 'value'];
/** Members that map names to schemas or other objects, so that a name can be one of `DATA`. */
const MAPS = ['$defs', 'dependentSchemas', 'headers', 'parameters', 'patternProperties', 'properties', 'schemas'];

/**
 * Returns a document in which each `allOf` is merged into one schema, where a later part overrides the description of an
 * earlier part. Redoc would keep the description of the first part.
 *
 * Keeps an `allOf` that contains itself, and one that extends a schema with a `discriminator`: Redoc lists the schemas
 * that extend such a schema.
 *
 * @example
 * flattenAllOf({ allOf: [{ type: 'object' }, { description: 'A pet.' }] }); // { type: 'object', description: 'A pet.' }
 */
export function flattenAllOf<T extends JsonObject>(document: T): T {
  // The result has the members of the document. Only its schemas are other objects.
  return flattenNode(document, document, new Set()) as T;
}

function flattenNode(document: JsonObject, node: unknown, ancestors: ReadonlySet<string>): unknown {
  if (Array.isArray(node)) return node.map((item) => flattenNode(document, item, ancestors));
  if (typeof node !== 'object' || node === null) return node;
  const { schema, references } = flattenSchema(document, asObject(node), ancestors);
  const visit = (value: unknown) => flattenNode(document, value, references);
  const visitNames = (map: object) => Object.entries(map).map(([name, value]) => [name, visit(value)]);
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      if (DATA.includes(name)) return [name, value];
      const isMap = MAPS.includes(name) && typeof value === 'object' && value !== null && !Array.isArray(value);
      return [name, isMap ? Object.fromEntries(visitNames(value)) : visit(value)];
    }),
  );
}

/** Returns the merged schema with the references that lead to it, or the given object if it needs no merge. */
function flattenSchema(document: JsonObject, schema: JsonObject, ancestors: ReadonlySet<string>) {
  const unchanged = { schema, references: ancestors };
  const parts = asArray(schema.allOf);
  if (parts.length === 0 || parts.some((part) => isBase(document, part))) return unchanged;
  const { keywords, references } = mergeSchema(document, schema);
  if ([...references].some((reference) => ancestors.has(reference))) return unchanged;
  return { schema: keywords, references: new Set([...ancestors, ...references]) };
}

function isBase(document: JsonObject, part: unknown): boolean {
  const { $ref } = asObject(part);
  return typeof $ref === 'string' && asObject(findReferenceTarget(document, $ref)).discriminator !== undefined;
}
