import type { RootContent } from 'mdast';
import {
  type JsonObject,
  listIn,
  METHODS,
  namedIn,
  type OpenApiDocument,
  objectIn,
  resolve,
  textIn,
} from './openapi.ts';
import { inlineCode, list } from './render.ts';

/**
 * Which operation is meant; one of `@firstofficer/openapi` will do.
 *
 * @example
 * const key: OperationKey = { method: 'get', path: '/pets/{id}' };
 */
export interface OperationKey {
  /** In any case. */
  readonly method: string;
  /** The path's template, or the name of a webhook. */
  readonly path: string;
}

/** An operation with what its path says for all of them. */
export interface FoundOperation extends OperationKey {
  /** Upper case, as it is sent. */
  readonly method: string;
  readonly operation: JsonObject;
  readonly parameters: readonly JsonObject[];
  /** The nearest servers. */
  readonly servers: readonly JsonObject[];
  /** Whether the API calls its user, and not the other way around. */
  readonly incoming: boolean;
}

/** Every operation of a description, then every webhook. */
export function allOperations(document: OpenApiDocument): FoundOperation[] {
  return [
    ...namedIn(document, document.paths).flatMap(([path, item]) => operationsOf(document, path, item, false)),
    ...namedIn(document, document.webhooks).flatMap(([path, item]) => operationsOf(document, path, item, true)),
  ];
}

/**
 * One operation of a description.
 *
 * @throws Error if it has none such.
 */
export function findOperation(document: OpenApiDocument, { method, path }: OperationKey): FoundOperation {
  const found = allOperations(document).find((each) => each.path === path && each.method === method.toUpperCase());
  if (!found) throw new Error(`The description has no operation ${method.toUpperCase()} ${path}.`);
  return found;
}

/** The operations of a path, a webhook or a callback. */
export function operationsOf(
  document: OpenApiDocument,
  path: string,
  item: JsonObject,
  incoming: boolean,
): FoundOperation[] {
  return METHODS.filter((method) => item[method] !== undefined).map((method) => {
    const operation = objectIn(item[method]);
    const own = listIn(operation.parameters).map((parameter) => resolve(document, parameter));
    const inherited = listIn(item.parameters)
      .map((parameter) => resolve(document, parameter))
      .filter((parameter) => !own.some((each) => each.name === parameter.name && each.in === parameter.in));
    const servers = [operation.servers, item.servers, document.servers].find((list) => listIn(list).length > 0);
    return {
      method: method.toUpperCase(),
      path,
      operation,
      parameters: [...inherited, ...own],
      servers: listIn(servers).map(objectIn),
      incoming,
    };
  });
}

/** What an operation is called. */
export function operationTitle({ operation, method, path }: FoundOperation): string {
  return textIn(operation.summary) || textIn(operation.operationId) || `${method} ${path}`;
}

/** Operations by method, path and title. */
export function operationList(operations: readonly FoundOperation[]): RootContent[] {
  return list(operations.map((found) => [inlineCode(`${found.method} ${found.path}`), ` — ${operationTitle(found)}`]));
}
