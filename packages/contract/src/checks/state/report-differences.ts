import type { Operation } from '@firstofficer/openapi';
import type { OperationExchange } from '../../request/operation-exchange.ts';
import { preview } from '../../schema/json.ts';
import type { ValueDifference } from '../../state/compare-values.ts';
import type { Session, Violation } from '../check.ts';

/** Returns a violation for each member that does not have the value that was sent, or its default. */
export function toViolations(
  differences: readonly ValueDifference[],
  { definition }: Operation,
  reason = 'as it was sent',
): Violation[] {
  return differences.map(({ path, sent, received, isDisputed, schema }) => ({
    expected: `${path} ${reason}: ${preview(sent)}`,
    actual: preview(received),
    specRef: [schema ?? definition],
    ...(isDisputed && { severity: 'note' as const }),
  }));
}

/** Reports each member that does not have the value that was sent. */
export function reportDifferences(
  session: Session,
  exchange: OperationExchange,
  differences: readonly ValueDifference[],
): void {
  for (const violation of toViolations(differences, exchange.operation)) session.report(exchange, violation);
}
