import {
  createRawRequest,
  createRequest,
  EMAIL,
  type FaultGroup,
  type FaultyServer,
  foundBy,
  MALFORMED,
  WITHOUT_KEY,
} from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import type { Answer, Message, Request, Variant } from '../server/steps.ts';
import {
  changeAnswers,
  changeMessages,
  createSuccess,
  EMAIL_PATH,
  hasStatus,
  withBody,
  withHeaders,
  withoutHeaders,
} from '../variants.ts';
import { formatWithBody } from './http-message.ts';

const createRequestByMethod = (method: string, identifier?: string) => createRequest(identifier, { method });

/** Returns a server that reads the method from another part of the request. */
function readsMethod(select: (request: Request) => string | undefined): Variant {
  return {
    answer: (request, steps) => CORRECT.answer({ ...request, method: select(request) ?? request.method }, steps),
  };
}

/** Returns a server that answers one method like GET. */
const answersLikeGet = (method: string) =>
  triggeredByMethod(
    method,
    readsMethod((request) => (request.method === method ? 'GET' : undefined)),
  );

const triggeredByMethod = (method: string, variant: Variant): FaultyServer => ({
  variant,
  triggeredBy: createRequestByMethod(method),
});

/** Returns a server that changes the answer to authorized requests with this method. */
function answers(method: string, answer: Partial<Answer>): FaultyServer {
  return triggeredByMethod(
    method,
    changeAnswers(({ status }, request) => status !== 401 && request.method === method, answer),
  );
}

/** Returns a server that sends these headers with a 405. */
function allows(headers: Answer['headers']): FaultyServer {
  return triggeredByMethod('POST', changeAnswers(hasStatus(405), { headers }));
}

/** Returns a server that sends the request back in the body. */
function echoes(method: string): FaultyServer {
  const echo = ({ target, headers }: Request) =>
    [`${method} ${target} HTTP/1.1`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join(
      '\r\n',
    );
  return triggeredByMethod(
    method,
    changeAnswers(
      (_, request) => request.method === method,
      (_, request) => createSuccess({ request: echo(request) }),
    ),
  );
}

/** Returns a server that changes its answers to HEAD. */
function answersHead(
  change: Partial<Answer>,
  isAffected: (answer: Answer, request: Request) => boolean = ({ status }) => status !== 401,
  triggeredBy = createRequestByMethod('HEAD'),
): FaultyServer {
  const variant = changeAnswers((answer, request) => request.method === 'HEAD' && isAffected(answer, request), change);
  return { variant, triggeredBy };
}

/** Returns a server that changes the messages that it sends to HEAD. */
function sendsHead(change: (message: Message) => Message): FaultyServer {
  return triggeredByMethod(
    'HEAD',
    changeMessages((_, { method }) => method === 'HEAD', change),
  );
}

/** The methods that RFC 9110 and RFC 5789 define. */
export const STANDARD_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

export const methods: FaultGroup = {
  name: 'methods',
  faults: [
    ...foundBy('unsupported_method', {
      'answers POST like GET': answersLikeGet('POST'),
      'answers PUT like GET': answersLikeGet('PUT'),
      'answers PATCH like GET': answersLikeGet('PATCH'),
      'answers DELETE like GET': answersLikeGet('DELETE'),
      'answers OPTIONS like GET': answersLikeGet('OPTIONS'),
      'answers an unknown method like GET': answersLikeGet('BREW'),
      'answers the lower-case method get like GET': answersLikeGet('get'),
      'answers 405 without Allow': allows({}),
      'answers 405 with an empty Allow': allows({ Allow: '' }),
      'answers 405 with the rejected method in Allow': allows({ Allow: 'GET, HEAD, POST' }),
      'answers 405 without GET in Allow': allows({ Allow: 'OPTIONS' }),
      'answers 405 with plain text': {
        ...triggeredByMethod(
          'POST',
          changeMessages(hasStatus(405), (message) =>
            withBody(message, 'Method Not Allowed', { 'Content-Type': 'text/plain' }),
          ),
        ),
        severity: 'note',
      },
      'answers 201 to POST': answers('POST', { status: 201, body: {} }),
      'answers 202 to PUT': answers('PUT', { status: 202, body: {} }),
      'answers 204 to DELETE': answers('DELETE', { status: 204 }),
      'answers 403 to POST, as protection against CSRF does': answers('POST', { status: 403 }),
    }),
    ...foundBy('not_a_server_error', {
      'answers 500 to POST': answers('POST', { status: 500 }),
      'answers 502 to PATCH': answers('PATCH', { status: 502 }),
      'answers 500 to an unknown method': triggeredByMethod(
        'BREW',
        changeAnswers(({ status }, { method }) => status !== 401 && !STANDARD_METHODS.includes(method), {
          status: 500,
        }),
      ),
    }),
    ...foundBy('credentials_disclosure', {
      'repeats the headers with the key in the answer to TRACE': echoes('TRACE'),
      'repeats the headers with the key in the answer to OPTIONS': echoes('OPTIONS'),
    }),
    ...foundBy('query_independence', {
      'reads the method from the query': {
        variant: readsMethod(({ query }) => new URLSearchParams(query).get('_method')?.toUpperCase()),
        triggeredBy: createRawRequest('cus_1?_method=delete'),
      },
    }),
    ...foundBy('header_independence', {
      'reads the method from X-HTTP-Method-Override': {
        variant: readsMethod(({ headers }) => headers['x-http-method-override']?.toString()),
        triggeredBy: createRequest(undefined, { headers: { 'X-HTTP-Method-Override': 'DELETE' } }),
      },
    }),
    ...foundBy('head_conformance', {
      'answers 404 to HEAD': answersHead({ status: 404 }),
      'answers 405 to HEAD': answersHead({ status: 405, headers: { Allow: 'GET' } }),
      'answers 500 to HEAD': answersHead({ status: 500 }),
      'answers 204 to HEAD': answersHead({ status: 204 }),
      'answers 200 to HEAD for unknown customers': answersHead(
        { status: 200 },
        undefined,
        createRequestByMethod('HEAD', 'x'),
      ),
      'answers 200 to HEAD for malformed identifiers': answersHead({ status: 200 }, hasStatus(400), {
        ...MALFORMED,
        method: 'HEAD',
      }),
      'answers 404 to HEAD for an email address': answersHead(
        { status: 404 },
        ({ status }, { path }) => status === 200 && EMAIL_PATH.test(path),
        createRequestByMethod('HEAD', EMAIL),
      ),
      'omits WWW-Authenticate from the answer to HEAD': answersHead({ headers: {} }, () => true, {
        ...WITHOUT_KEY,
        method: 'HEAD',
      }),
      'sends a Content-Length of 0 to HEAD': sendsHead((message) => withHeaders(message, { 'Content-Length': '0' })),
      'sends the Content-Length of another body to HEAD': sendsHead((message) =>
        withHeaders(message, { 'Content-Length': String(message.bytes.length + 2) }),
      ),
      'omits Content-Type from the answer to HEAD': sendsHead((message) => withoutHeaders(message, 'content-type')),
      'sends another Content-Type to HEAD': sendsHead((message) =>
        withHeaders(message, { 'Content-Type': 'text/html' }),
      ),
    }),
    ...foundBy('message_framing', {
      'sends a body in the answer to HEAD': triggeredByMethod('HEAD', {
        send: (message, response, { method }) => {
          if (method === 'HEAD') response.socket?.end(formatWithBody(message), 'latin1');
          else CORRECT.send(message, response);
        },
      }),
    }),
  ],
};
