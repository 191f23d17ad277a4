import { resolvePointer } from './pointer.ts';

/**
 * An object of an OpenAPI document whose members are not checked.
 *
 * @example
 * const info: JsonObject = { title: 'Pets', version: '1.0.0' };
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * An operation as written in a document, with the parameters and servers that it inherits.
 *
 * @example
 * const [{ method, path, definition }]: OperationEntry[] = listOperations(document);
 */
export interface OperationEntry {
  /** The HTTP method, usually in uppercase. */
  readonly method: string;
  /** The path template, the name of a webhook, or the expression of a callback. */
  readonly path: string;
  /** The Operation Object. */
  readonly definition: JsonObject;
  /** The parameters of the operation and of its path, with their references resolved. */
  readonly parameters: readonly JsonObject[];
  /** The servers of the operation, else of its path, else of the document. */
  readonly servers: readonly JsonObject[];
  /** Whether the API sends the request to the client, as for webhooks and callbacks. */
  readonly isIncoming: boolean;
}

/**
 * The members of a path item whose values are operations, apart from those in `additionalOperations`.
 *
 * @example
 * METHODS.includes('get'); // true
 */
export const METHODS: readonly string[] = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
];

/**
 * Returns the value if it is an object, else an empty object.
 *
 * @example
 * const { title } = asObject(document.info);
 */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/**
 * Returns the value if it is an array, else an empty array.
 *
 * @example
 * for (const tag of asArray(document.tags)) console.log(tag);
 */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Returns the trimmed value if it is a string, else an empty string.
 *
 * @example
 * asString(asObject(document.info).title); // 'Pets'
 */
export function asString(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/**
 * Returns the object that a value is or refers to. Members beside a `$ref` override those of its target.
 *
 * @throws Error if the target of a reference is not in the document.
 * @example
 * resolveReference(document, { $ref: '#/components/responses/NotFound', description: 'No such pet.' });
 */
export function resolveReference(document: JsonObject, value: unknown): JsonObject {
  return followReference(document, asObject(value), []);
}

function followReference(document: JsonObject, object: JsonObject, followed: readonly string[]): JsonObject {
  const { $ref, ...members } = object;
  // Keep the identity of an object without a reference: `Description.locate` finds objects by identity.
  if (typeof $ref !== 'string') return object;
  if (followed.includes($ref)) return members;
  const target = followReference(document, asObject(findReferenceTarget(document, $ref)), [...followed, $ref]);
  return { ...target, ...members };
}

/**
 * Returns the entries of a map such as `responses`. Resolves their references, and leaves out extensions (`x-…`).
 *
 * @throws Error if the target of a reference is not in the document.
 * @example
 * for (const [status, response] of listEntries(document, definition.responses)) console.log(status, response.description);
 */
export function listEntries(document: JsonObject, map: unknown): [name: string, member: JsonObject][] {
  return Object.entries(asObject(map))
    .filter(([name]) => !name.startsWith('x-'))
    .map(([name, member]) => [name, resolveReference(document, member)]);
}

/**
 * Returns the target of a reference within a document.
 *
 * @throws Error if the target is not in the document.
 * @example
 * findReferenceTarget(document, '#/components/schemas/Pet');
 */
export function findReferenceTarget(document: JsonObject, reference: string): unknown {
  const target = /^#(\/|$)/.test(reference)
    ? resolvePointer(decodeURIComponent(reference.slice(1)), document)
    : undefined;
  if (target === undefined) {
    throw new Error(
      `The description has no ${reference}, but refers to it. Bundle the description into one document first.`,
    );
  }
  return target;
}

/**
 * Returns the operations of a document, then its webhooks. The references of the document may be unresolved.
 *
 * @throws Error if the target of a reference is not in the document.
 * @example
 * listOperations(document).map(({ method, path }) => `${method} ${path}`); // ['GET /pets', …]
 */
export function listOperations(document: JsonObject): OperationEntry[] {
  return [
    ...listEntries(document, document.paths).flatMap(([path, item]) => readPathItem(document, { path, item })),
    ...listEntries(document, document.webhooks).flatMap(([path, item]) =>
      readPathItem(document, { path, item, isIncoming: true }),
    ),
  ];
}

/**
 * Returns the callbacks of an operation: the requests that the API sends to the client, with the names of the callbacks.
 *
 * @throws Error if the target of a reference is not in the document.
 * @example
 * for (const { name, operation } of listCallbacks(document, definition)) console.log(name, operation.path);
 */
export function listCallbacks(
  document: JsonObject,
  { callbacks }: JsonObject,
): { readonly name: string; readonly operation: OperationEntry }[] {
  return listEntries(document, callbacks).flatMap(([name, callback]) =>
    listEntries(document, callback).flatMap(([path, item]) =>
      readPathItem(document, { path, item, isIncoming: true }).map((operation) => ({ name, operation })),
    ),
  );
}

function readPathItem(
  document: JsonObject,
  {
    path,
    item,
    isIncoming = false,
  }: { readonly path: string; readonly item: JsonObject; readonly isIncoming?: boolean },
): OperationEntry[] {
  const resolveAll = (parameters: unknown) =>
    asArray(parameters).map((parameter) => resolveReference(document, parameter));
  const definitions: [method: string, definition: unknown][] = [
    ...METHODS.filter((method) => item[method] !== undefined).map((method): [string, unknown] => [
      method.toUpperCase(),
      item[method],
    ]),
    // OpenAPI 3.2 has a map for other methods. Their names are written as they are sent.
    ...Object.entries(asObject(item.additionalOperations)),
  ];
  return definitions.map(([method, value]) => {
    const definition = asObject(value);
    const own = resolveAll(definition.parameters);
    const inherited = resolveAll(item.parameters).filter(
      (parameter) => !own.some(({ name, in: location }) => name === parameter.name && location === parameter.in),
    );
    const servers = [definition.servers, item.servers, document.servers].find((list) => asArray(list).length > 0);
    return {
      method,
      path,
      definition,
      parameters: [...inherited, ...own],
      servers: asArray(servers).map(asObject),
      isIncoming,
    };
  });
}
