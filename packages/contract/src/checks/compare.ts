import { findDocumentedBody, type OperationExchange } from '../request/operation-exchange.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { isObject, preview } from '../schema/json.ts';
import { splitByDescription } from '../schema/subschemas.ts';
import type { Session, TestCase, Violation } from './check.ts';

// Allows for clock differences and slow responses.
const CLOCK_TOLERANCE_MS = 60_000;

/** Returns whether two responses have the same status and the same content. */
export function isSameResponse(one: OperationExchange, other: OperationExchange): boolean {
  if (one.status !== other.status) return false;
  // A stream has other bytes each time.
  if (one.isPartial || other.isPartial) return true;
  if (one.json === undefined || other.json === undefined) return one.text === other.text;
  return canonicalize(one) === canonicalize(other);
}

/** Returns the documented part of the JSON body with sorted members. Undocumented members may differ each time. */
function canonicalize(exchange: OperationExchange): string {
  const { described } = splitByDescription(findDocumentedBody(exchange)?.schema ?? {}, exchange.json);
  return JSON.stringify(described, (_, value: unknown) => {
    if (isResponseTime(exchange, value)) return 'now';
    return isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
  });
}

/** Returns whether a value is the time of the response, which differs each time. */
function isResponseTime({ startedAt }: OperationExchange, value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:/.test(value)) return false;
  return Math.abs(Date.parse(value) - startedAt.getTime()) < CLOCK_TOLERANCE_MS;
}

/**
 * Sends a request twice and returns the first response. If the two differ, they cannot be compared with the response to
 * another request.
 */
export async function sendTwice(
  session: Session,
  parts: RequestParts,
): Promise<{ first: OperationExchange; isStable: boolean }> {
  const first = await session.send(parts);
  return { first, isStable: isSameResponse(first, await session.send(parts)) };
}

/** The result of comparing two responses. */
interface Comparison {
  readonly response: OperationExchange;
  /** The last response to the reference request. */
  readonly reference: OperationExchange;
  readonly isSame: boolean;
}

// Data may be updated between two requests, but not in each of this many rounds.
const ROUNDS = 3;

/** Compares the responses to two requests that must get the same response. */
export async function compare(session: Session, reference: RequestParts, other: RequestParts): Promise<Comparison> {
  let before = await session.send(reference);
  let response = await session.send(other);
  if (isSameResponse(before, response)) return { response, reference: before, isSame: true };
  let after = await session.send(reference);
  for (let round = 1; round < ROUNDS && !isSameResponse(response, after); round += 1) {
    // The reference did not change, so an update does not explain the difference.
    if (isSameResponse(before, after)) break;
    before = after;
    response = await session.send(other);
    after = await session.send(reference);
  }
  // If the reference differs each time, only the status can be compared.
  const isUnstable =
    !isSameResponse(before, after) && before.status === after.status && response.status === after.status;
  return { response, reference: after, isSame: isSameResponse(response, after) || isUnstable };
}

/** Formats the status and the body of a response for a message. */
export function previewResponse({ status, text }: OperationExchange): string {
  return `${status} ${preview(text)}`;
}

/** Two requests that must get the same response. */
interface EquivalentRequests extends Pick<Violation, 'specRef' | 'severity' | 'basis'> {
  /** Default: the request that is expected to succeed. */
  readonly reference?: RequestParts;
  readonly other: RequestParts;
  /** Describes the response to the reference request, such as `the same response as without that query`. */
  readonly wanted: string;
  /** Returns whether a different response is allowed as well. Default: none is. */
  readonly isAlsoAllowed?: (response: OperationExchange) => boolean;
}

/** Creates a test case that reports a violation if the two requests get different responses. */
export function createSameResponseCase(name: string, equivalent: EquivalentRequests): TestCase {
  const { reference = {}, other, wanted, isAlsoAllowed = () => false, ...details } = equivalent;
  return {
    name,
    async run(session) {
      const result = await compare(session, reference, other);
      if (result.isSame || isAlsoAllowed(result.response)) return;
      session.report(result.response, {
        expected: `${wanted}: ${previewResponse(result.reference)}`,
        actual: previewResponse(result.response),
        // The content may differ for another reason, such as several servers that take turns.
        ...(result.response.status === result.reference.status && { basis: 'profile' as const }),
        ...details,
      });
    },
  };
}
