import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Customer } from '../src/index.ts';
import type { LegitimateVariant } from './fault.ts';
import { answersConditions } from './faults/conditional-requests.ts';
import { STANDARD_METHODS } from './faults/methods.ts';
import { CORRECT, parseToken, TOKEN } from './server/correct.ts';
import { getErrorBody, PREFIX } from './server/description.ts';
import type { Request, Variant } from './server/steps.ts';
import {
  addHeaders,
  changeAnswers,
  changeCustomers,
  changeMessages,
  hasStatus,
  withBody,
  withHeaders,
  withoutHeaders,
} from './variants.ts';

const { answer, authorize, getSegment, send } = CORRECT;

/** Returns a server with another JSON text for the same values. */
const writes = (change: (json: string) => string): Variant => ({ serialize: (body) => change(JSON.stringify(body)) });

/** Returns a server that changes or adds members of error objects. */
const changesErrors = (change: (status: number, request: Request) => object): Variant => ({
  renderError: (status, request) => ({ error: { ...getErrorBody(status).error, ...change(status, request) } }),
});

const sendsMessage = (message: string) => changesErrors(() => ({ message }));

/** Returns a server that sends this `WWW-Authenticate` header with a 401. */
const challenges = (value: string | string[]) =>
  changeMessages(hasStatus(401), (message) => withHeaders(message, { 'WWW-Authenticate': value }));

/** Returns a server that waits before it answers. */
function delays(milliseconds: (request: Request) => number): Variant {
  return {
    changeAnswer: async (right, request) => {
      await delay(milliseconds(request));
      return right;
    },
  };
}

/** Returns a server that sends bodies in chunks. */
function sendsChunks(write: (bytes: Buffer, response: ServerResponse) => void): Variant {
  return {
    changeMessage: (message) => withoutHeaders(message, 'content-length'),
    send: ({ status, headers, bytes }, response) => {
      response.writeHead(status, headers);
      write(bytes, response);
    },
  };
}

/** Returns a server that sends this `Allow` header with a 405. */
const allows = (methods: string) => changeAnswers(hasStatus(405), { headers: { Allow: methods } });

/** Returns a server that updates figures if `isDue` returns true, but only of customers that are in no example. */
function updatesFigures(isDue: (request: Request, customer: Customer) => boolean): Variant {
  return changeCustomers((customer, _, request) =>
    customer.total_contract_value === 120_000 && isDue(request, customer)
      ? { ...customer, total_contract_value: 130_000 }
      : customer,
  );
}

const escapeNonAscii = (text: string) =>
  text.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const reverseMembers = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, member]) => [name, reverseMembers(member)]),
      )
    : value;

const VARIANTS: Readonly<Record<string, Variant>> = {
  'adds members to a customer': changeCustomers((customer) => ({
    ...customer,
    name: 'Jane Doe',
    email: `${customer.id}@members.example`,
    country: null,
    address: { city: 'Zürich', lines: [] },
    livemode: true,
  })),
  'adds members to an error': changesErrors((_, { number }) => ({
    code: 'failed',
    request_id: `req_${number}`,
    doc_url: null,
  })),
  'adds members beside the error': {
    renderError: (status) => ({ ...getErrorBody(status), request_id: 'req_1', status }),
  },
  'sends members in another order': { serialize: (body) => JSON.stringify(reverseMembers(body)) },
  'indents the JSON': { serialize: (body) => JSON.stringify(body, null, 2) },
  'sends white space around the JSON': writes((json) => `\r\n\t ${json} \n`),
  'escapes non-ASCII characters': writes(escapeNonAscii),
  'escapes slashes': writes((json) => json.replaceAll('/', '\\/')),
  'escapes markup': writes((json) => json.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c')),
  'escapes a letter of a member name': writes((json) => json.replace('"currency"', '"\\u0063urrency"')),
  'sends a message for each status': changesErrors((status) => ({ message: `This request failed with ${status}.` })),
  'sends messages in another language': sendsMessage('Запрос отклонён – 申し訳ありません 🦆'),
  'sends messages with line breaks, quotation marks and brackets': sendsMessage(
    'Sorry:\n\t"no" <such> {customer} \\ at home',
  ),
  'sends long messages': sendsMessage('Sorry. '.repeat(2000)),
  'repeats the identifier in messages': changesErrors((_, { path }) => ({
    message: `Cannot retrieve ${path.slice(0, 80)}`,
  })),
  'omits param from a 400': {
    renderError: (status) => {
      const { param, ...error } = getErrorBody(status).error;
      return { error: status === 400 || param === undefined ? error : { ...error, param } };
    },
  },
  'adds param to a 401': changesErrors((status) => (status === 401 ? { param: 'Authorization' } : {})),
  'adds a charset to Content-Type': addHeaders({ 'Content-Type': 'application/json; charset=utf-8' }),
  'adds a charset in upper case and without a space to Content-Type': addHeaders({
    'Content-Type': 'application/json;charset=UTF-8',
  }),
  'adds a charset in quotation marks to Content-Type': addHeaders({
    'Content-Type': 'application/json ; charset="utf-8"',
  }),
  'adds an unknown parameter to Content-Type': addHeaders({ 'Content-Type': 'application/json; version=2' }),
  'writes the media type as Application/JSON': addHeaders({ 'Content-Type': 'Application/JSON' }),
  'sends bodies in one chunk': sendsChunks((bytes, response) => response.end(bytes)),
  'sends bodies in chunks of one byte': sendsChunks((bytes, response) => {
    for (const byte of bytes) response.write(Buffer.of(byte));
    response.end();
  }),
  'sends the second half of a body after 2 ms': sendsChunks((bytes, response) => {
    response.write(bytes.subarray(0, bytes.length / 2));
    setTimeout(() => response.end(bytes.subarray(bytes.length / 2)), 2);
  }),
  'ends bodies by closing the connection': {
    changeMessage: (message) => withoutHeaders(withHeaders(message, { Connection: 'close' }), 'content-length'),
    send: (message, response) => {
      response.useChunkedEncodingByDefault = false;
      send(message, response);
    },
  },
  'sends Connection: close with every response': addHeaders({ Connection: 'close' }),
  'closes the connection after every response without Connection: close': {
    send: (message, response) => {
      response.once('finish', () => response.socket?.end());
      send(message, response);
    },
  },
  'closes idle connections after 5 ms': { keepAliveTimeout: 5 },
  'closes idle connections after one second': { keepAliveTimeout: 1000 },
  'sends early hints': {
    send: (message, response) =>
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => send(message, response)),
  },
  'omits Date': { withoutDate: true },
  'sends another reason phrase': {
    send: ({ status, headers, bytes }, response) => void response.writeHead(status, 'As You Wish', headers).end(bytes),
  },
  'sends header names in lower case': {
    changeMessage: (message) => ({
      ...message,
      headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name.toLowerCase(), value])),
    }),
  },
  'sends caching headers': addHeaders(({ number }) => ({
    ETag: `W/"${number}"`,
    'Cache-Control': 'private, max-age=60',
    Vary: 'Accept, Authorization',
  })),
  'answers 304 to the current ETag': answersConditions(),
  'answers 304 to the current weak ETag': answersConditions({ getEtag: ({ bytes }) => `W/"${bytes.length}"` }),
  'answers 304 with the Content-Length of the 200': answersConditions({
    notModify: ({ headers }) => ({ status: 304, headers, bytes: Buffer.alloc(0) }),
  }),
  'sends ETags but never answers 304 to a list of ETags': answersConditions({
    isUnchanged: (known, etag) => known === etag,
  }),
  'sends the same ETag for all customers': answersConditions({ getEtag: () => '"1"' }),
  'sends a request ID and a runtime': addHeaders(({ number }) => ({
    'X-Request-Id': `req_${number}`,
    'X-Runtime': String(number / 1000),
  })),
  'sends headers about a rate limit that is never reached': addHeaders(({ number }) => ({
    'RateLimit-Limit': '100000',
    'RateLimit-Remaining': String(100_000 - number),
  })),
  'sets cookies': addHeaders(({ number }) => ({ 'Set-Cookie': [`session=${number}`, 'region=eu; Path=/'] })),
  'sends the headers of proxies': addHeaders({ Via: '1.1 varnish', Server: 'nginx', Age: '0', 'X-Cache': 'MISS' }),
  'allows cross-origin requests from all origins': addHeaders({ 'Access-Control-Allow-Origin': '*' }),
  'sends security headers': addHeaders({
    'Strict-Transport-Security': 'max-age=63072000',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'",
  }),
  'compresses bodies for clients that accept gzip': changeMessages(
    (_, { headers }) => /\bgzip\b/.test(String(headers['accept-encoding'] ?? '')),
    (message) => withBody(message, gzipSync(message.bytes), { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }),
  ),
  'challenges with other realms': challenges('Token realm="Application", Basic realm="API, v2"'),
  'challenges without a realm': challenges('Token'),
  'challenges for Basic and not for Token': challenges('Basic realm="FirstOfficer", charset="UTF-8"'),
  'challenges in lower case': challenges('basic realm="firstofficer"'),
  'challenges in two headers': challenges(['Basic realm="FirstOfficer"', 'Token realm="FirstOfficer"']),
  'challenges also for Bearer': challenges('Bearer, Basic realm="FirstOfficer", Token realm="FirstOfficer"'),
  'accepts a token without quotation marks': {
    authorize: (request) => authorize(request) || request.authorization[0] === `Token token=${TOKEN}`,
  },
  'treats the scheme Token as case-sensitive': {
    authorize: (request) => {
      const [value = ''] = request.authorization;
      return authorize(request) && (parseToken(value) === undefined || value.startsWith('Token '));
    },
  },
  'answers every 20th request after 50 to 300 ms': delays(({ number }) =>
    number % 20 === 0 ? 50 + ((number * 97) % 250) : 0,
  ),
  'answers the first request after 1.5 seconds': delays(({ number }) => (number === 1 ? 1500 : 0)),
  'checks the method before the key': {
    answer: (request, steps) =>
      ['GET', 'HEAD'].includes(request.method)
        ? answer(request, steps)
        : answer(request, { ...steps, authorize: () => true }),
  },
  'sends Allow in another order': allows('HEAD,GET'),
  'answers OPTIONS with 204': {
    ...changeAnswers(hasStatus(405), ({ status }, { method }) => ({
      headers: { Allow: 'GET, HEAD, OPTIONS' },
      ...(method === 'OPTIONS' ? { status: 204, body: undefined } : { status }),
    })),
    serialize: (body) => JSON.stringify(body) ?? '',
    ...changeMessages(hasStatus(204), (message) => withoutHeaders(message, 'content-length', 'content-type')),
  },
  'answers 501 to unknown methods': changeAnswers(
    ({ status }, { method }) => status === 405 && !STANDARD_METHODS.includes(method),
    { status: 501, headers: {} },
  ),
  'ignores a slash at the end of the path': {
    getSegment: (path) => getSegment(path.length > PREFIX.length ? path.replace(/\/$/, '') : path),
  },
  'answers an unknown path with an HTML page': changeMessages(
    ({ status }, { path }) => status === 404 && getSegment(path) === undefined,
    (message) => withBody(message, '<!DOCTYPE html><title>Not found</title>', { 'Content-Type': 'text/html' }),
  ),
  'omits Content-Length from the answer to HEAD': changeMessages(
    (_, { method }) => method === 'HEAD',
    (message) => withoutHeaders(message, 'content-length'),
  ),
  'updates figures after 30 requests': updatesFigures(({ number }) => number > 30),
  'updates figures after 100 requests': updatesFigures(({ number }) => number > 100),
  'updates the figures of a customer after its first retrieval': updatesFigures(({ state: { seen } }, { id }) => {
    const isDue = seen.has(id);
    seen.add(id);
    return isDue;
  }),
};

/** Servers that differ from the correct one, but conform to the contract. */
export const legitimateVariants: readonly LegitimateVariant[] = Object.entries(VARIANTS).map(([name, variant]) => ({
  name,
  variant,
}));
