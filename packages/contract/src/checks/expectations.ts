import type { Operation } from '@firstofficer/openapi';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { Session, Violation } from './check.ts';

/** A status, or all of a class such as `4XX`. */
type Expected = readonly string[];

/** Reports an exchange whose status is none of those expected. */
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

/** The statuses by which an operation refuses a key, and what promises them. */
export function authErrorOf(operation: Operation): { expected: Expected; specRef: Violation['specRef'] } {
  const documented = operation.responses['401'];
  if (!documented) return { expected: ['4XX'], specRef: [operation.definition, 'security'] };
  // A key that is known and may not do this is refused by 403; many APIs do the same to one that they do not know.
  return { expected: operation.responses['403'] ? ['401', '403'] : ['401'], specRef: [documented] };
}

/** The statuses by which an operation refuses data that break their schema. */
export function dataErrorStatuses({ responses }: Operation): Expected {
  const own = ['400', '422'].filter((status) => responses[status]);
  return own.length > 0 ? own : ['4XX'];
}
