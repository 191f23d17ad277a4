import type { Operation } from './operation.ts';
import { resolvePointer } from './pointer.ts';

/**
 * A follow-up request that a link of the description defines for a response.
 *
 * @example
 * const { operationId, parameters }: LinkedRequest = request;
 */
export interface LinkedRequest {
  /** The name of the link. */
  readonly name: string;
  /** The ID of the operation to call. */
  readonly operationId: string;
  /** The values of the parameters, by parameter name. */
  readonly parameters: Readonly<Record<string, string>>;
}

const BODY_EXPRESSION = /^\$response\.body#(\/.*)$/;

/**
 * Returns the follow-up requests that the links of a response define.
 *
 * Link parameters may be constants or `$response.body#/…` expressions. A link is left out if one of its values is
 * missing or null in the body, or if it uses another kind of expression.
 *
 * @param operation - The operation that was called.
 * @param status - The status of the response as written in the description, such as `200`.
 * @param body - The parsed body of the response.
 * @example
 * resolveLinks(retrieveCustomer, '200', customer); // [{ name: 'byStripeId', parameters: { customer: 'cus_1234ABCD' }, … }]
 */
export function resolveLinks(operation: Operation, status: string, body: unknown): LinkedRequest[] {
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
