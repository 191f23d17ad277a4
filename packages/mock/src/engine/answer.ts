import type { Operation } from '@firstofficer/openapi/browser';
import { findDocumented } from './documented-response.ts';
import { TRANSFER_HEADERS } from './response-headers.ts';

/**
 * What the mock sends instead of the normal response, or how it sends it. Each member except `headers` and `body` is also
 * a preference of the `Prefer` header. An empty answer is the normal response.
 *
 * @example
 * const overloaded: Answer = { code: 429, retryAfter: 0 };
 * const brokenProxy: Answer = { code: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad Gateway</h1>' };
 */
export interface Answer {
  /** The status, 200 to 599. The description need not document it. */
  readonly code?: number;
  /** The name of a response example of the description. */
  readonly example?: string;
  /** Whether the body is random data that fits the schema. */
  readonly dynamic?: boolean;
  /** The seed of the random data. The same seed gives the same body. */
  readonly seed?: string | number;
  /** How long the mock waits before the first byte of the response, in milliseconds, 0 to 600,000. */
  readonly delay?: number;
  /** Where the mock cuts the connection: before the first byte of the response, or in the middle of its body. */
  readonly drop?: 'headers' | 'body';
  /** The value of `Retry-After`, in seconds. */
  readonly retryAfter?: number;
  /** Header values that replace those of the response. Null removes a header. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The body instead of the one of the response: an object is sent as JSON, a string as it is. */
  readonly body?: unknown;
}

/** An invalid member of an answer. */
export interface AnswerFault {
  readonly member: keyof Answer;
  /** The name of the header, if the fault is in one of the `headers`. */
  readonly header?: string;
  /** What the member must be, such as `must be a whole number from 200 to 599`. */
  readonly message: string;
}

interface Rule {
  readonly message: string;
  isValid(value: unknown): boolean;
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** Returns the rule of whole numbers in a range. */
export function wholeNumber(minimum: number, maximum: number): Rule {
  return {
    message: `must be a whole number from ${minimum} to ${maximum}`,
    isValid: (value) => Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
  };
}

const RESERVED_HEADERS = ['connection', ...TRANSFER_HEADERS];

const RULES: Readonly<Record<keyof Answer, Rule>> = {
  code: wholeNumber(200, 599),
  example: { message: 'must be the name of a response example', isValid: isText },
  dynamic: { message: 'must be true or false', isValid: (value) => typeof value === 'boolean' },
  seed: {
    message: 'must be a number or a text of at least one character',
    isValid: (value) => isText(value) || Number.isFinite(value),
  },
  delay: wholeNumber(0, 600_000),
  drop: { message: 'must be headers or body', isValid: (value) => value === 'headers' || value === 'body' },
  retryAfter: wholeNumber(0, 2 ** 31 - 1),
  headers: {
    message: 'must be an object with a value for each header name',
    isValid: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
  body: { message: 'must be a text or a value that JSON can express', isValid: isJson },
};

/** The names of the members of an answer. */
export const ANSWER_MEMBERS = Object.keys(RULES) as readonly (keyof Answer)[];

/**
 * Returns what is wrong with the members of an answer. Other members than those of {@link ANSWER_MEMBERS} are ignored.
 *
 * @param operation - The operation whose response the answer changes. Without it, every name of an example is valid.
 */
export function findAnswerFaults(
  answer: Readonly<Record<string, unknown>>,
  operation: Operation | undefined,
): AnswerFault[] {
  const faults = ANSWER_MEMBERS.filter(
    (member) => answer[member] !== undefined && !RULES[member].isValid(answer[member]),
  );
  if (faults.length > 0) return faults.map((member) => ({ member, message: RULES[member].message }));
  const { headers = {} } = answer as Answer;
  const headerFaults = Object.entries(headers).flatMap(([name, value]) => findHeaderFaults(name, value));
  if (headerFaults.length > 0) return headerFaults;
  if (operation === undefined || hasExample(operation, answer)) return [];
  const names = listExampleNames(operation, answer);
  const list = names.length === 0 ? 'no examples' : names.join(', ');
  const message = `must be an example of the response, but the response of ${operation.id} has ${list}`;
  return [{ member: 'example', message }];
}

/** Returns whether a value can be sent as JSON. A function, a BigInt or an object that contains itself cannot. */
function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

/** Returns what is wrong with one of the `headers` of an answer: Node throws for names and values that HTTP forbids. */
function findHeaderFaults(name: string, value: unknown): AnswerFault[] {
  const fault = (message: string): AnswerFault[] => [{ member: 'headers', header: name, message }];
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return fault('is not the name of a header');
  if (RESERVED_HEADERS.includes(name.toLowerCase())) return fault('is set by the mock itself. Remove it');
  if (value === null || (typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value))) return [];
  return fault('must be a text of Latin-1 characters without line breaks, or null');
}

/** Returns whether an operation has the example of an answer, if the answer names one. */
export function hasExample(operation: Operation, answer: Answer): boolean {
  return answer.example === undefined || listExampleNames(operation, answer).includes(answer.example);
}

/** Returns the names of the examples of the response that an answer selects. */
function listExampleNames(operation: Operation, { code }: Answer): string[] {
  const documented = findDocumented(operation, code === undefined ? undefined : String(code));
  return Object.values(documented?.response.content ?? {}).flatMap(({ examples = {} }) => Object.keys(examples));
}
