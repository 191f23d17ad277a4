import { documentedBody, type OperationExchange } from '../request/operation-exchange.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { preview } from '../schema/preview.ts';
import { describedPart } from '../schema/unknown-members.ts';
import type { Session, Violation } from './check.ts';

// How far clocks may be apart, and how long a response may be under way.
const A_MINUTE_MS = 60_000;

/** Whether two responses say the same. */
export function sameAnswer(one: OperationExchange, other: OperationExchange): boolean {
  if (one.status !== other.status) return false;
  if (one.json === undefined || other.json === undefined) return one.text === other.text;
  return canonical(one) === canonical(other);
}

/** The members of an object come in any order, and those that are not described may be anything, such as a time. */
function canonical(exchange: OperationExchange): string {
  const described = describedPart(documentedBody(exchange)?.schema ?? {}, exchange.json);
  return JSON.stringify(described, (_, value: unknown) => {
    if (isTimeOf(exchange, value)) return 'now';
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });
}

/** Whether a value says when the response was made: that is another time with each of them. */
function isTimeOf({ startedAt }: OperationExchange, value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:/.test(value)) return false;
  return Math.abs(Date.parse(value) - startedAt.getTime()) < A_MINUTE_MS;
}

/** Sends a request twice: a response that is another each time cannot be compared with that of another request. */
export async function stable(
  session: Session,
  parts: RequestParts,
): Promise<{ first: OperationExchange; isStable: boolean }> {
  const first = await session.send(parts);
  return { first, isStable: sameAnswer(first, await session.send(parts)) };
}

/** What a response to another request is compared with. */
interface Comparison {
  readonly answer: OperationExchange;
  /** The last response to the request that it ought to equal. */
  readonly reference: OperationExchange;
  readonly isSame: boolean;
}

// Figures are updated now and then, even between two requests; more often than this within a few requests they are not.
const ROUNDS = 3;

/** Compares the answers to two requests that ask for the same. */
export async function compare(session: Session, reference: RequestParts, other: RequestParts): Promise<Comparison> {
  let before = await session.send(reference);
  let answer = await session.send(other);
  if (sameAnswer(before, answer)) return { answer, reference: before, isSame: true };
  let after = await session.send(reference);
  for (let round = 1; round < ROUNDS && !sameAnswer(answer, after); round += 1) {
    // If the reference stays as it is, there was no update: the other request does ask for something else.
    if (sameAnswer(before, after)) break;
    before = after;
    answer = await session.send(other);
    after = await session.send(reference);
  }
  // What is never the same twice cannot be compared with anything, but for its status.
  const isUnstable = !sameAnswer(before, after) && before.status === after.status && answer.status === after.status;
  return { answer, reference: after, isSame: sameAnswer(answer, after) || isUnstable };
}

/** Two requests that ask for the same. */
interface EquivalentRequests {
  readonly reference: RequestParts;
  readonly other: RequestParts;
  /** What the answer to the first is called, such as `the answer without that query`. */
  readonly wanted: string;
  readonly specRef: Violation['specRef'];
  /** Whether another answer will do, too. Default: none will. */
  readonly isAlsoAllowed?: (answer: OperationExchange) => boolean;
}

/** Reports an answer that is another than the one to a request that asks for the same. */
export async function expectSameAnswer(session: Session, equivalent: EquivalentRequests): Promise<void> {
  const { wanted, specRef, isAlsoAllowed = () => false } = equivalent;
  const { answer, reference, isSame } = await compare(session, equivalent.reference, equivalent.other);
  if (isSame || isAlsoAllowed(answer)) return;
  session.report(answer, {
    expected: `${wanted}: ${reference.status} ${preview(reference.text)}`,
    actual: `${answer.status} ${preview(answer.text)}`,
    specRef,
  });
}
