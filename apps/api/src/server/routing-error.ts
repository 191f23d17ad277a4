import { createPathMatcher, decodeSegment, type Operation } from '@firstofficer/openapi';
import { buildDocumentedError, buildUndocumentedError, type ErrorResponse } from './error-response.ts';

/** Returns the error response to a request that matches no route. */
export type FindRoutingError = (method: string, target: string) => ErrorResponse;

const invalidTarget = buildUndocumentedError(
  400,
  'The request target is invalid. Send a path, or a URL that has a host and no fragment.',
);

/** Creates the function that finds out why a request matched no route: its path, its method or a path parameter. */
export function createRoutingErrors(operations: readonly Operation[]): FindRoutingError {
  const routes = operations.map((operation) => ({ operation, match: createPathMatcher(operation.path) }));
  return (method, target) => {
    const path = parsePath(target);
    if (path === undefined) return invalidTarget;
    const matches = routes.flatMap(({ operation, match }) => {
      const parameters = match(path);
      return parameters ? [{ operation, parameters }] : [];
    });
    const matching = matches.find(({ operation }) => listMethods(operation).includes(method));
    if (matches.length === 0) {
      const paths = [...new Set(operations.map((operation) => operation.path))].join(', ');
      return buildUndocumentedError(404, `This path does not exist. The API serves ${paths}.`);
    }
    if (!matching) return buildMethodNotAllowed(matches.map(({ operation }) => operation));
    const isReadable = Object.values(matching.parameters).every((segment) => decodeSegment(segment) !== undefined);
    // The router also parses the host, which may be the invalid part.
    return isReadable ? invalidTarget : buildDocumentedError(matching.operation, 400);
  };
}

/** Builds the 405 response for a method that none of the operations has. */
export function buildMethodNotAllowed(operations: readonly Operation[]): ErrorResponse {
  const allow = [...new Set(operations.flatMap(listMethods))].join(', ');
  return buildUndocumentedError(405, `This method is not allowed here. Allowed: ${allow}.`, { Allow: allow });
}

function listMethods({ method }: Operation): string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

/**
 * Returns the path of a request target in origin, absolute or asterisk form, or undefined for any other target. Uses no
 * URL parser, because that would resolve `..` and change the encoding.
 */
function parsePath(target: string): string | undefined {
  const match = /^(?:https?:\/\/[^/?#]+)?(\/[^?#]*|\*|)(?:\?[^#]*)?$/i.exec(target);
  return match ? match[1] || '/' : undefined;
}
