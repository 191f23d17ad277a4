/**
 * An object of an OpenAPI description, not yet known to be of any kind.
 *
 * @example
 * const info: JsonObject = { title: 'Pets', version: '1.0.0' };
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * An OpenAPI 3.1 description in one document: references lead within it, or are resolved already.
 *
 * @example
 * const document: OpenApiDocument = { openapi: '3.1.0', info: { title: 'Pets', version: '1.0.0' }, paths: {} };
 */
export type OpenApiDocument = JsonObject;

/** The methods that a path may have, in the order of the pages. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** What is in the place of an object: nothing at all where there is none. */
export function objectIn(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** What is in the place of a list. */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What is in the place of a text. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The object that a value stands for; what is said beside a reference goes before what is said at its target. */
export function resolve(document: OpenApiDocument, value: unknown): JsonObject {
  const followed = new Set<string>();
  let { $ref, ...said } = objectIn(value);
  while (typeof $ref === 'string' && !followed.has($ref)) {
    followed.add($ref);
    const { $ref: next, ...target } = objectIn(targetOf(document, $ref));
    said = { ...target, ...said };
    $ref = next;
  }
  return said;
}

/** Named objects, such as the responses of an operation; extensions are none. */
export function namedIn(document: OpenApiDocument, value: unknown): [string, JsonObject][] {
  return Object.entries(objectIn(value))
    .filter(([name]) => !name.startsWith('x-'))
    .map(([name, member]) => [name, resolve(document, member)]);
}

/**
 * What a reference leads to.
 *
 * @throws Error if that is not in the document.
 */
export function targetOf(document: OpenApiDocument, reference: string): unknown {
  const missing = () => new Error(`The description refers to ${reference}, which is not in it: bundle it first.`);
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
