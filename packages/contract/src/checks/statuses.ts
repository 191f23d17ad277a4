import { findExamplePairs, type Operation } from '@firstofficer/openapi';
import { isStream } from '../http/exchange.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { RequestParts } from '../request/operation-request.ts';
import type { Session, TestCase, Violation } from './check.ts';

/** Statuses, or classes of statuses such as `4XX`, and the place in the description that requires them. */
export interface ExpectedStatus extends Pick<Violation, 'specRef' | 'severity' | 'basis'> {
  readonly statuses: readonly string[];
}

/** Creates a test case that sends one request and expects a status. */
export function createStatusCase(name: string, parts: RequestParts, expected: ExpectedStatus): TestCase {
  return { name, run: async (session) => void expectStatus(session, await session.send(parts), expected) };
}

/** Returns whether a response has one of these statuses or classes of statuses. */
export function hasStatus({ status }: OperationExchange, statuses: readonly string[]): boolean {
  const code = String(status);
  return statuses.some((one) => one === code || one === `${code[0]}XX`);
}

/** Returns whether a response has an expected status, and reports a violation if not. */
export function expectStatus(
  session: Session,
  exchange: OperationExchange,
  { statuses, ...details }: ExpectedStatus,
): boolean {
  const { status, request } = exchange;
  if (hasStatus(exchange, statuses)) return true;
  session.report(exchange, {
    expected: `status ${statuses.join(' or ')}`,
    actual: `status ${status} for ${request.method}`,
    ...details,
  });
  return false;
}

/** The parts of a request, and a name that describes it in test cases. */
export interface NamedRequest {
  readonly name: string;
  readonly parts: RequestParts;
}

/** Returns requests that get the documented statuses: a successful one, those of the failing examples, and one without a key. */
export function listTypicalRequests(operation: Operation): NamedRequest[] {
  return [
    { name: 'an existing resource', parts: {} },
    ...listFailingExamples(operation),
    { name: 'no key', parts: { credentials: undefined } },
  ];
}

/** Returns the requests of the description's examples that get an error status. */
export function listFailingExamples(operation: Operation): NamedRequest[] {
  return findExamplePairs(operation)
    .filter(({ status }) => !status.startsWith('2'))
    .map(({ name, parameters }) => ({ name: `the example ${name}`, parts: { parameters } }));
}

/** Returns the statuses that an operation documents for a wrong key. */
export function findAuthError(operation: Operation): ExpectedStatus {
  const documented = operation.responses['401'];
  if (!documented) return { statuses: ['4XX'], specRef: [operation.definition, 'security'] };
  // Many APIs answer 403 not only to a key without permission, but also to an unknown key.
  return { statuses: operation.responses['403'] ? ['401', '403'] : ['401'], specRef: [documented] };
}

/** Returns the statuses that an operation documents for data that violate their schema. */
export function listDataErrorStatuses({ responses }: Operation): readonly string[] {
  const documented = ['400', '422'].filter((status) => responses[status]);
  return documented.length > 0 ? documented : ['4XX'];
}

/**
 * Returns whether a request can trigger a documented status. An ETag of the server causes a 304, the account a 402 or 403,
 * the number of requests a 429, and the server a 5xx. One request can trigger them only if an example pair of the
 * description asks for it.
 */
export function isTriggerable(operation: Operation, documented: string): boolean {
  return (
    !/^(304|402|403|429|5)/.test(documented) || findExamplePairs(operation).some(({ status }) => status === documented)
  );
}

// Statuses for the same cause. If the description documents none of them, each of them is implied.
const SAME_CAUSE: Readonly<Record<number, readonly string[]>> = {
  400: ['400', '422'],
  401: ['401'],
  // APIs differ in whether they answer 401 or 403 to an unknown key.
  403: ['401', '403'],
  404: ['404', '410'],
  410: ['404', '410'],
  422: ['400', '422'],
};

/** Returns whether an error status is implied: the description documents neither it nor another status for its cause. */
export function isImplied({ responses }: Operation, status: number): boolean {
  if (status < 400 || status >= 500) return false;
  const sameCause = SAME_CAUSE[status];
  return !Object.keys(responses).some((code) => (sameCause ? sameCause.includes(code) : code.startsWith('4')));
}

// Statuses that HTTP defines for the form of any request: its media types, its size, its rate and so on.
const STATUSES_OF_HTTP = [406, 408, 411, 413, 414, 415, 417, 421, 426, 429, 431];

/** Returns whether HTTP itself allows a status as the response to an unusual request, documented or not. */
export function isStatusOfHttp(status: number): boolean {
  return STATUSES_OF_HTTP.includes(status);
}

/**
 * Returns whether to send HEAD to an operation. Servers that send streams often begin one for HEAD as well, so that the
 * response never ends.
 */
export function canSendHead({ method, responses }: Operation): boolean {
  const types = Object.values(responses).flatMap(({ content = {} }) => Object.keys(content));
  return method === 'GET' && !types.some(isStream);
}
