import type { Operation } from '@firstofficer/openapi';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { Session, Violation } from './check.ts';

/** Statuses, or classes of statuses such as `4XX`. */
type Expected = readonly string[];

/** Returns whether an exchange has an expected status, and reports a violation if not. */
export function expectStatus(
  session: Session,
  exchange: OperationExchange,
  expected: Expected,
  details: Pick<Violation, 'specRef' | 'severity'>,
): boolean {
  const { status, request } = exchange;
  const code = String(status);
  if (expected.some((one) => one === code || one === `${code[0]}XX`)) return true;
  session.report(exchange, {
    expected: `status ${expected.join(' or ')}`,
    actual: `${request.method} was answered ${status}`,
    ...details,
  });
  return false;
}

/** Returns the statuses that an operation documents for a wrong key, and the place in the description. */
export function authErrorOf(operation: Operation): { expected: Expected; specRef: Violation['specRef'] } {
  const documented = operation.responses['401'];
  if (!documented) return { expected: ['4XX'], specRef: [operation.definition, 'security'] };
  // Many APIs answer 403 not only to a key without permission, but also to an unknown key.
  return { expected: operation.responses['403'] ? ['401', '403'] : ['401'], specRef: [documented] };
}

/** Returns the statuses that an operation documents for data that violate their schema. */
export function dataErrorStatuses({ responses }: Operation): Expected {
  const own = ['400', '422'].filter((status) => responses[status]);
  return own.length > 0 ? own : ['4XX'];
}
