import type { Operation } from './description.ts';

/**
 * A request that a link of the description derives from a response.
 *
 * @example
 * const { operationId, parameters }: LinkedRequest = request;
 */
export interface LinkedRequest {
  /** The link's name. */
  readonly name: string;
  /** The operation to call. */
  readonly operationId: string;
  /** The parameters' values, by parameter name. */
  readonly parameters: Readonly<Record<string, string>>;
}

const BODY_EXPRESSION = /^\$response\.body#(\/.*)$/;

/**
 * The further requests that a response makes possible, by the links which the description gives for its status.
 *
 * Parameters may be constants or `$response.body#/…` expressions. A link is left out when one of its values is absent
 * or null in this body, or when it uses another kind of expression.
 *
 * @param operation - The operation that was called.
 * @param status - The status it answered, such as `200`.
 * @param body - The parsed body it answered.
 * @example
 * followLinks(retrieveCustomer, '200', customer); // [{ name: 'byStripeId', parameters: { customer: 'cus_1234ABCD' }, … }]
 */
export function followLinks(operation: Operation, status: string, body: unknown): LinkedRequest[] {
  return Object.entries(operation.responses[status]?.links ?? {}).flatMap(([name, link]) => {
    if (link.operationId === undefined) return [];
    const parameters: Record<string, string> = {};
    for (const [parameter, expression] of Object.entries(link.parameters ?? {})) {
      const value = evaluate(expression, body);
      if (value === undefined || value === null) return [];
      parameters[parameter] = String(value);
    }
    return [{ name, operationId: link.operationId, parameters }];
  });
}

function evaluate(expression: unknown, body: unknown): unknown {
  if (typeof expression !== 'string' || !expression.startsWith('$')) return expression;
  const pointer = BODY_EXPRESSION.exec(expression)?.[1];
  return pointer === undefined ? undefined : resolvePointer(pointer, body);
}

/** RFC 6901. */
function resolvePointer(pointer: string, document: unknown): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, token) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, token)
          ? (value as Record<string, unknown>)[token]
          : undefined,
      document,
    );
}
