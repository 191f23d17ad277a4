import type { RootContent } from 'mdast';
import {
  asArray,
  asObject,
  asString,
  type JsonObject,
  METHODS,
  type OpenApiDocument,
  resolve,
  resolvedEntries,
} from './openapi.ts';
import { inlineCode, list } from './render.ts';

/**
 * The method and path of an operation. An operation of `@firstofficer/openapi` is also a valid key.
 *
 * @example
 * const key: OperationKey = { method: 'get', path: '/pets/{id}' };
 */
export interface OperationKey {
  /** The HTTP method, in upper or lower case. */
  readonly method: string;
  /** The path template, or the name of a webhook. */
  readonly path: string;
}

/** An operation with the parameters and servers that it inherits. */
export interface FoundOperation extends OperationKey {
  /** The HTTP method in upper case. */
  readonly method: string;
  readonly operation: JsonObject;
  readonly parameters: readonly JsonObject[];
  /** The servers of the operation, else of its path, else of the document. */
  readonly servers: readonly JsonObject[];
  /** Whether the API sends the request to its user, as for webhooks and callbacks. */
  readonly incoming: boolean;
}

/** Returns every operation of a description, then every webhook. */
export function listOperations(document: OpenApiDocument): FoundOperation[] {
  return [
    ...resolvedEntries(document, document.paths).flatMap(([path, item]) =>
      operationsOfPath(document, { path, item, incoming: false }),
    ),
    ...resolvedEntries(document, document.webhooks).flatMap(([path, item]) =>
      operationsOfPath(document, { path, item, incoming: true }),
    ),
  ];
}

/**
 * Returns the operation with a method and a path.
 *
 * @throws Error if the description has no such operation.
 */
export function findOperation(document: OpenApiDocument, { method, path }: OperationKey): FoundOperation {
  const found = listOperations(document).find((each) => each.path === path && each.method === method.toUpperCase());
  if (!found) throw new Error(`The description has no operation ${method.toUpperCase()} ${path}.`);
  return found;
}

/** Returns the operations of a path, a webhook or a callback. */
export function operationsOfPath(
  document: OpenApiDocument,
  { path, item, incoming }: { readonly path: string; readonly item: JsonObject; readonly incoming: boolean },
): FoundOperation[] {
  return METHODS.filter((method) => item[method] !== undefined).map((method) => {
    const operation = asObject(item[method]);
    const own = asArray(operation.parameters).map((parameter) => resolve(document, parameter));
    const inherited = asArray(item.parameters)
      .map((parameter) => resolve(document, parameter))
      .filter((parameter) => !own.some((each) => each.name === parameter.name && each.in === parameter.in));
    const servers = [operation.servers, item.servers, document.servers].find((list) => asArray(list).length > 0);
    return {
      method: method.toUpperCase(),
      path,
      operation,
      parameters: [...inherited, ...own],
      servers: asArray(servers).map(asObject),
      incoming,
    };
  });
}

/** Returns the title of an operation: its summary, its ID, or its method and path. */
export function operationTitle({ operation, method, path }: FoundOperation): string {
  return asString(operation.summary) || asString(operation.operationId) || `${method} ${path}`;
}

/** Returns a list of operations with their methods, paths and titles. */
export function operationList(operations: readonly FoundOperation[]): RootContent[] {
  return list(operations.map((found) => [inlineCode(`${found.method} ${found.path}`), ` — ${operationTitle(found)}`]));
}
