import { asArray, asObject, type JsonObject, type OpenApiDocument } from './openapi.ts';
import { mergeSchema, schemaName } from './schema.ts';

/** Returns the type of a schema in words, such as `array of Pet (object)` or `string or null`. */
export function typeName(document: OpenApiDocument, schema: unknown): string {
  return nameOf(document, schema, new Set());
}

function nameOf(document: OpenApiDocument, schema: unknown, above: ReadonlySet<string>): string {
  const name = schemaName(document, schema);
  const { keywords, references } = mergeSchema(document, schema);
  // A recursive schema usually has a component name. It has none if its reference points outside the components.
  if ([...references].some((reference) => above.has(reference))) return name ?? 'any';
  const kind = kindOf(document, keywords, new Set([...above, ...references]));
  return name === undefined ? kind : `${name} (${kind})`;
}

function kindOf(document: OpenApiDocument, keywords: JsonObject, above: ReadonlySet<string>): string {
  const types = typesOf(keywords);
  if (types.length === 0) {
    const variants = variantsOf(keywords).map((variant) => nameOf(document, variant, above));
    return variants.length > 0 && !variants.includes('any') ? [...new Set(variants)].join(' or ') : 'any';
  }
  return types
    .map((type) => {
      if (type === 'array' && Object.hasOwn(keywords, 'items')) {
        return `array of ${nameOf(document, keywords.items, above)}`;
      }
      return type;
    })
    .join(' or ');
}

/** Returns the variants of a schema: the schemas of `oneOf` and `anyOf`. */
export function variantsOf({ oneOf, anyOf }: JsonObject): readonly unknown[] {
  return [...asArray(oneOf), ...asArray(anyOf)];
}

function typesOf(keywords: JsonObject): string[] {
  const { type, properties, items, prefixItems } = keywords;
  if (type !== undefined) return [type].flat().map(String);
  if (Object.hasOwn(keywords, 'const')) return [typeOf(keywords.const)];
  if (Array.isArray(keywords.enum)) return [...new Set(keywords.enum.map(typeOf))];
  if (properties !== undefined || Object.keys(asObject(keywords.additionalProperties)).length > 0) return ['object'];
  return items === undefined && prefixItems === undefined ? [] : ['array'];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
