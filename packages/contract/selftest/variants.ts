import type { Customer } from '../src/index.ts';
import { CORRECT } from './server/correct.ts';
import { getErrorBody, getErrorHeaders } from './server/description.ts';
import type { Answer, Message, Request, Variant } from './server/steps.ts';

type Headers = Message['headers'];
/** Returns whether a variant changes this answer or message. */
type IsAffected<Changed> = (changed: Changed, request: Request) => boolean;

/** Matches paths with an email address. */
export const EMAIL_PATH = /@|%40/;

/** Returns a server that changes its customers. */
export function changeCustomers(
  change: (customer: Customer, identifier: string, request: Request) => unknown,
): Variant {
  return {
    renderCustomer: (customer, identifier, request) => change(CORRECT.renderCustomer(customer), identifier, request),
  };
}

/** Returns a server that replaces parts of the answers for which `isAffected` returns true. */
export function changeAnswers(
  isAffected: IsAffected<Answer>,
  change: Partial<Answer> | ((answer: Answer, request: Request) => Partial<Answer>),
): Variant {
  return {
    changeAnswer: (answer, request) => {
      if (!isAffected(answer, request)) return answer;
      return { ...answer, ...(typeof change === 'function' ? change(answer, request) : change) };
    },
  };
}

/** Returns a server that changes the serialized messages for which `isAffected` returns true. */
export function changeMessages(
  isAffected: IsAffected<Message>,
  change: (message: Message, request: Request) => Message,
): Variant {
  return { changeMessage: (message, request) => (isAffected(message, request) ? change(message, request) : message) };
}

/** Returns a server that adds headers to all messages. */
export function addHeaders(headers: Headers | ((request: Request) => Headers)): Variant {
  return changeMessages(
    () => true,
    (message, request) => withHeaders(message, typeof headers === 'function' ? headers(request) : headers),
  );
}

/** Returns the message with further headers. */
export function withHeaders(message: Message, headers: Headers): Message {
  return { ...message, headers: { ...message.headers, ...headers } };
}

/** Returns the message without some headers. */
export function withoutHeaders(message: Message, ...names: readonly string[]): Message {
  const kept = Object.entries(message.headers).filter(([name]) => !names.includes(name.toLowerCase()));
  return { ...message, headers: Object.fromEntries(kept) };
}

/** Returns the message with another body and its length. */
export function withBody(message: Message, body: string | Buffer, headers: Headers = {}): Message {
  const bytes = Buffer.from(body);
  return { ...withHeaders(message, { 'Content-Length': String(bytes.length), ...headers }), bytes };
}

/** Returns an error answer with the documented headers and body. */
export function createErrorAnswer(status: number): Answer {
  return { status, headers: getErrorHeaders(status), body: getErrorBody(status) };
}

/** Returns whether a request has credentials that are not valid base64. */
export const hasMalformedBase64 = ({ authorization: [value = ''] }: Request) =>
  /^basic .*[^A-Za-z0-9+/= ]/i.test(value);

/** Returns an answer of status 200. */
export function createSuccess(body: unknown): Answer {
  return { status: 200, headers: {}, body };
}

/** Returns whether a message is an error. */
export const isError = ({ status }: Message) => status >= 400;

/** Returns a predicate for answers and messages with this status. */
export const hasStatus =
  (expected: number) =>
  ({ status }: { readonly status: number }) =>
    status === expected;

/** Returns whether an answer is successful. */
export const isSuccess = hasStatus(200);
