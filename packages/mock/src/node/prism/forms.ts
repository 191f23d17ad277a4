import { asArray, asObject, type JsonObject, type MediaType } from '@firstofficer/openapi';
import { parseJsonOrText } from '../../engine/json.ts';

/** The body of a form as a client sent it. */
interface FormText {
  readonly text: string;
  /** The value of the header `Content-Type`, which contains the boundary of multipart bodies. */
  readonly contentType: string;
}

/** Returns whether a media type without parameters is a form. */
export function isForm(mediaType: string): boolean {
  return mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data';
}

/**
 * Parses a form into the value that its schema describes: numbers, booleans, arrays and objects instead of text.
 *
 * Values that do not have the type of the schema stay text, so that their validation fails.
 *
 * @returns undefined if the body is no form.
 */
export async function parseForm({ text, contentType }: FormText, media: MediaType): Promise<JsonObject | undefined> {
  const entries = await readEntries(text, contentType);
  if (!entries) return undefined;
  const schemas = listProperties(media.schema);
  const members = [...Map.groupBy(entries, ([name]) => name)].map(([name, pairs]): [string, unknown] => {
    const values = pairs.map(([, value]) => value);
    return [name, convertValues(values, schemas[name], media.encoding?.[name])];
  });
  return nestMembers(Object.fromEntries(members), schemas);
}

async function readEntries(text: string, contentType: string): Promise<[string, string][] | undefined> {
  try {
    const form = await new Response(text, { headers: { 'Content-Type': contentType } }).formData();
    const entries = [...form].map(
      async ([name, value]): Promise<[string, string]> => [
        name,
        typeof value === 'string' ? value : await value.text(),
      ],
    );
    return await Promise.all(entries);
  } catch {
    return undefined;
  }
}

/** Puts the members `filter[a]` and `filter[b]` into an object `filter`, if the schema has it. */
function nestMembers(members: JsonObject, schemas: JsonObject): JsonObject {
  const plain: [string, unknown][] = [];
  const nested = new Map<string, Map<string, unknown>>();
  for (const [name, value] of Object.entries(members)) {
    const [, parent = '', child = ''] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name) ?? [];
    const schema = schemas[parent];
    if (schema === undefined || name in schemas) plain.push([name, value]);
    else {
      const text = asArray(value).length > 0 ? asArray(value) : [value];
      const children = nested.get(parent) ?? new Map<string, unknown>();
      nested.set(parent, children.set(child, convertValues(text, listProperties(schema)[child])));
    }
  }
  const objects = [...nested].map(([name, children]) => [name, Object.fromEntries(children)] as const);
  return Object.fromEntries([...objects, ...plain]);
}

const SEPARATORS: Readonly<Record<string, string>> = { form: ',', spaceDelimited: ' ', pipeDelimited: '|' };

function convertValues(
  values: readonly unknown[],
  schema: unknown,
  encoding: NonNullable<MediaType['encoding']>[string] = {},
): unknown {
  if (schema === undefined) return values.length === 1 ? values[0] : values;
  if (!listTypes(schema).includes('array')) return convertValue(values.at(-1), schema);
  const separator = SEPARATORS[encoding.style ?? 'form'] ?? ',';
  const isJoined = values.length === 1 && (encoding.explode === false || (encoding.style ?? 'form') !== 'form');
  const items = isJoined ? String(values[0]).split(separator) : values;
  const [itemSchema = {}] = listSchemas(schema).flatMap(({ items: found }) => (found === undefined ? [] : [found]));
  return items.map((item) => convertValue(item, itemSchema));
}

function convertValue(value: unknown, schema: unknown): unknown {
  if (typeof value !== 'string') return value;
  const types = listTypes(schema);
  if (types.length === 0 || types.includes('string')) return value;
  if (types.includes('object')) return parseJsonOrText(value);
  if (types.some((type) => type === 'integer' || type === 'number') && /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(value)) {
    return Number(value);
  }
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return types.includes('null') && value === '' ? null : value;
}

/** Returns the schemas of the members of an object, also those in the schemas that it combines. */
export function listProperties(schema: unknown): JsonObject {
  return Object.assign({}, ...listSchemas(schema).map(({ properties }) => asObject(properties)));
}

/** Returns the types that a schema allows; none if it does not restrict the type. */
export function listTypes(schema: unknown): unknown[] {
  return listSchemas(schema).flatMap(({ type, properties }) => {
    if (type === undefined) return properties === undefined ? [] : ['object'];
    return Array.isArray(type) ? type : [type];
  });
}

/** Returns a schema and the schemas that it combines. */
function listSchemas(schema: unknown): JsonObject[] {
  const object = asObject(schema);
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => asArray(object[keyword]));
  return [object, ...parts.flatMap(listSchemas)];
}
