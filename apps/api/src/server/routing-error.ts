import { decodeSegment, type Operation, pathMatcher } from '@firstofficer/openapi';
import { buildDocumentedError, buildUndocumentedError, type ErrorResponse } from './error-response.ts';

/** Decides on the answer to a request that no route takes. */
export type FindRoutingError = (method: string, target: string) => ErrorResponse;

const invalidTarget = buildUndocumentedError(
  400,
  'The request target is invalid. Send a path, or a URL that has a host and no fragment.',
);

/** Makes the function that tells why no route took a request: the path is unknown, the method, or a parameter unreadable. */
export function createRoutingErrors(operations: readonly Operation[]): FindRoutingError {
  const routes = operations.map((operation) => ({ operation, match: pathMatcher(operation.path) }));
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
      return buildUndocumentedError(404, `No such path. This API serves ${paths}.`);
    }
    if (!matching) return buildMethodNotAllowed(matches.map(({ operation }) => operation));
    const isReadable = Object.values(matching.parameters).every((segment) => decodeSegment(segment) !== undefined);
    // The router also reads the host, which can be invalid.
    return isReadable ? invalidTarget : buildDocumentedError(matching.operation, 400);
  };
}

/** The answer to a method that none of these operations has. */
export function buildMethodNotAllowed(operations: readonly Operation[]): ErrorResponse {
  const allow = [...new Set(operations.flatMap(listMethods))].join(', ');
  return buildUndocumentedError(405, `This method is not allowed here. Allowed: ${allow}.`, { Allow: allow });
}

function listMethods({ method }: Operation): string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

/**
 * Returns the path of a request target in origin, absolute or asterisk form; undefined for any other target. Splits by
 * hand: a URL parser would resolve `..` and re-encode what was sent.
 */
function parsePath(target: string): string | undefined {
  const match = /^(?:https?:\/\/[^/?#]+)?(\/[^?#]*|\*|)(?:\?[^#]*)?$/i.exec(target);
  return match ? match[1] || '/' : undefined;
}
