import { createPathMatcher, decodeSegment } from '@firstofficer/openapi';
import type { Validator } from '../schema/validation.ts';
import type { OperationExchange } from './operation-exchange.ts';

/**
 * Returns whether an error response may come from the server's router or HTTP library, not from the operation: the path
 * cannot be decoded, or the status is 404 and a path parameter violates its schema, such as a pattern of the route.
 */
export function mayMissOperation({ operation, request, status }: OperationExchange, validator: Validator): boolean {
  if (status < 400 || status >= 500) return false;
  const [path = ''] = request.target.split('?', 1);
  const segments = createPathMatcher(operation.path)(path) ?? {};
  return operation.parameters.some(({ name, in: place, schema = {} }) => {
    if (place !== 'path') return false;
    const value = decodeSegment(segments[name] ?? '');
    return value === undefined || (status === 404 && validator.validateText(schema, value, name).length > 0);
  });
}
