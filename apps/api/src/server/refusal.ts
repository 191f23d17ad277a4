import { decodeSegment, type Operation, pathMatcher } from '@firstofficer/openapi';
import { type Answer, documentedAnswer, undocumentedAnswer } from './answer.ts';

/** Decides on the answer to a request that no route takes. */
export type Refuse = (method: string, target: string) => Answer;

const invalidTarget = undocumentedAnswer(
  400,
  'The request target is invalid. Send a path, or a URL that has a host and no fragment.',
);

/** Makes the function that tells why no route took a request: the path is unknown, the method, or a parameter unreadable. */
export function refusals(operations: readonly Operation[]): Refuse {
  const routes = operations.map((operation) => ({ operation, match: pathMatcher(operation.path) }));
  return (method, target) => {
    const path = pathOf(target);
    if (path === undefined) return invalidTarget;
    const matches = routes.flatMap(({ operation, match }) => {
      const parameters = match(path);
      return parameters ? [{ operation, parameters }] : [];
    });
    const fitting = matches.find(({ operation }) => methodsOf(operation).includes(method));
    if (matches.length === 0) {
      const paths = [...new Set(operations.map((operation) => operation.path))].join(', ');
      return undocumentedAnswer(404, `No such path. This API serves ${paths}.`);
    }
    if (!fitting) return methodNotAllowed(matches.map(({ operation }) => operation));
    const isReadable = Object.values(fitting.parameters).every((segment) => decodeSegment(segment) !== undefined);
    // The router also reads the host, which can be invalid.
    return isReadable ? invalidTarget : documentedAnswer(fitting.operation, 400);
  };
}

/** The answer to a method that none of these operations has. */
export function methodNotAllowed(operations: readonly Operation[]): Answer {
  const allow = [...new Set(operations.flatMap(methodsOf))].join(', ');
  return undocumentedAnswer(405, `This method is not allowed here. Allowed: ${allow}.`, { Allow: allow });
}

function methodsOf({ method }: Operation): string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

/**
 * Returns the path of a request target in origin, absolute or asterisk form; undefined for any other target. Splits by
 * hand: a URL parser would resolve `..` and re-encode what was sent.
 */
function pathOf(target: string): string | undefined {
  const match = /^(?:https?:\/\/[^/?#]+)?(\/[^?#]*|\*|)(?:\?[^#]*)?$/i.exec(target);
  return match ? match[1] || '/' : undefined;
}
