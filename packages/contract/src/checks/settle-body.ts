import type { Operation } from '@firstofficer/openapi';
import { type BaseBody, isSkipped } from '../generate/base-data.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { CheckContext, Session } from './check.ts';

/** Whether a target accepts the usual body of an operation. */
export interface SettledBody {
  /** The response to the usual body. */
  readonly exchange: OperationExchange;
  /** The body that the target accepts instead. */
  readonly replacement?: BaseBody;
}

const settled = new WeakMap<CheckContext, Map<Operation, Promise<SettledBody | undefined>>>();

/**
 * Sends the usual body of an operation, unless that was done before. If the target rejects it as invalid, but accepts
 * another valid body, that becomes the usual one. Otherwise test cases could not tell which data the target rejects.
 *
 * @returns Undefined if there is no valid body, or no response.
 */
export async function settleBody(
  session: Session,
  operation: Operation,
  context: CheckContext,
): Promise<SettledBody | undefined> {
  const known = settled.get(context) ?? new Map<Operation, Promise<SettledBody | undefined>>();
  settled.set(context, known);
  const earlier = known.get(operation);
  // If the request of another test case failed, that test case reports it.
  if (earlier) return earlier.catch(() => undefined);
  const result = findAcceptedBody(session, operation, context);
  known.set(operation, result);
  return result;
}

async function findAcceptedBody(
  session: Session,
  operation: Operation,
  { base }: CheckContext,
): Promise<SettledBody | undefined> {
  const body = base.bodyFor(operation);
  if (isSkipped(body) || !body.isValid) return undefined;
  const exchange = await session.send();
  if (![400, 422].includes(exchange.status)) return { exchange };
  for (const other of base.otherBodiesFor(operation)) {
    if ((await session.send({ body: other })).status >= 400) continue;
    base.preferBody(operation, other);
    return { exchange, replacement: other };
  }
  return { exchange };
}
