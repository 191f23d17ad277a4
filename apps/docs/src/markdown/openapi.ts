/**
 * An object in an OpenAPI description whose type is not checked.
 *
 * @example
 * const info: JsonObject = { title: 'Pets', version: '1.0.0' };
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * An OpenAPI 3.1 description in one document. All references are local or already resolved.
 *
 * @example
 * const document: OpenApiDocument = { openapi: '3.1.0', info: { title: 'Pets', version: '1.0.0' }, paths: {} };
 */
export type OpenApiDocument = JsonObject;

/** The methods of a path item, in the order of the pages. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Returns the value if it is an object, else an empty object. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** Returns the value if it is an array, else an empty array. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the trimmed value if it is a string, else an empty string. */
export function asString(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** Resolves a value that may be a reference. Members beside a `$ref` override those of its target. */
export function resolve(document: OpenApiDocument, value: unknown): JsonObject {
  const followed = new Set<string>();
  let { $ref, ...members } = asObject(value);
  while (typeof $ref === 'string' && !followed.has($ref)) {
    followed.add($ref);
    const { $ref: next, ...target } = asObject(targetOf(document, $ref));
    members = { ...target, ...members };
    $ref = next;
  }
  return members;
}

/** Returns the entries of a map such as `responses`, resolved and without extensions (`x-…`). */
export function resolvedEntries(document: OpenApiDocument, value: unknown): [string, JsonObject][] {
  return Object.entries(asObject(value))
    .filter(([name]) => !name.startsWith('x-'))
    .map(([name, member]) => [name, resolve(document, member)]);
}

/**
 * Returns the target of a local reference.
 *
 * @throws Error if the target is not in the document.
 */
export function targetOf(document: OpenApiDocument, reference: string): unknown {
  const missing = () =>
    new Error(`The description has no ${reference}, but refers to it. Bundle the description into one document first.`);
  if (!/^#(\/|$)/.test(reference)) throw missing();
  return decodeURIComponent(reference.slice(1))
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, token) => {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) throw missing();
      return (value as JsonObject)[token];
    }, document);
}
