import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Customer } from '../src/customers/stored-customer.ts';
import type { LegitimateVariant } from './fault.ts';
import { answer as standard } from './server/answer.ts';
import { authorize, readToken, TOKEN } from './server/authorization.ts';
import { PREFIX } from './server/description.ts';
import { segmentOf } from './server/identifier.ts';
import { explain, render } from './server/render.ts';
import type { Request } from './server/request.ts';
import type { Message, Variant } from './server/steps.ts';
import { send } from './server/write.ts';

type Headers = Message['headers'];

function withHeaders(headers: Headers | ((request: Request) => Headers)): Variant {
  return {
    alter: (message, request) => ({
      ...message,
      headers: { ...message.headers, ...(typeof headers === 'function' ? headers(request) : headers) },
    }),
  };
}

function without(header: string, { headers, ...message }: Message): Message {
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== header);
  return { ...message, headers: Object.fromEntries(kept) };
}

/** Returns a server with other authentication challenges. */
function challenges(value: string | readonly string[]): Variant {
  return {
    alter: (message) =>
      message.status === 401 ? { ...message, headers: { ...message.headers, 'WWW-Authenticate': value } } : message,
  };
}

/** Returns a slow server. */
function delays(ms: (request: Request) => number): Variant {
  return {
    adjust: async (answer, request) => {
      await new Promise((resolve) => setTimeout(resolve, ms(request)));
      return answer;
    },
  };
}

/** Returns a server that sends bodies in chunks. */
function sends(writeBody: (bytes: Buffer, response: ServerResponse) => void): Variant {
  return {
    alter: (message) => without('content-length', message),
    send: ({ status, headers, bytes }, response) => {
      response.writeHead(status, headers as Record<string, string>);
      writeBody(bytes, response);
    },
  };
}

function serializes(write: (body: unknown) => string): Variant {
  return { serialize: write };
}

const shows = (more: (customer: Customer) => object): Variant => ({
  render: (customer) => ({ ...render(customer), ...more(render(customer)) }),
});

const says = (change: (status: number, request: Request) => object): Variant => ({
  explain: (status, request) => ({ error: { ...explain(status).error, ...change(status, request) } }),
});

const escaped = (text: string) =>
  text.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const reversed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, member]) => [name, reversed(member)]),
      )
    : value;

/** Returns a server that updates figures once, for customers that are in no example. */
function updates(isDue: (request: Request, id: number) => boolean): Variant {
  return {
    adjust: (answer, request) => {
      if (answer.status !== 200) return answer;
      const customer = answer.body as Customer;
      if (customer.total_contract_value !== 120_000 || !isDue(request, customer.id)) return answer;
      return { ...answer, body: { ...customer, total_contract_value: 130_000 } };
    },
  };
}

const STANDARD_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

/** Returns a server whose Allow header has these methods. */
function allows(methods: string): Variant {
  return {
    adjust: (answer) =>
      answer.status === 405 ? { ...answer, headers: { ...answer.headers, Allow: methods } } : answer,
  };
}

function variant(name: string, differs: Variant): LegitimateVariant {
  return { name, variant: differs };
}

/** Servers that differ from the correct one, but conform to the contract. */
export const legitimate: readonly LegitimateVariant[] = [
  variant(
    'a customer has members that are not described',
    shows(({ id }) => ({
      name: 'Jane Doe',
      email: `${id}@members.example`,
      country: null,
      address: { city: 'Zürich', lines: [] },
      livemode: true,
    })),
  ),
  variant(
    'an error has members that are not described',
    says((_, { number }) => ({ code: 'failed', request_id: `req_${number}`, doc_url: null })),
  ),
  variant('beside the error there are further members', {
    explain: (status) => ({ ...explain(status), request_id: 'req_1', status }),
  }),
  variant(
    'members come in another order',
    serializes((body) => JSON.stringify(reversed(body))),
  ),
  variant(
    'the JSON is indented',
    serializes((body) => JSON.stringify(body, null, 2)),
  ),
  variant(
    'there is white space around the JSON',
    serializes((body) => `\r\n\t ${JSON.stringify(body)} \n`),
  ),
  variant(
    'what is not ASCII is escaped',
    serializes((body) => escaped(JSON.stringify(body))),
  ),
  variant(
    'slashes are escaped',
    serializes((body) => JSON.stringify(body).replaceAll('/', '\\/')),
  ),
  variant(
    'markup is escaped',
    serializes((body) => JSON.stringify(body).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c')),
  ),
  variant(
    'every letter of a name is escaped',
    serializes((body) => JSON.stringify(body).replace('"currency"', '"\\u0063urrency"')),
  ),
  variant(
    'messages differ by status',
    says((status) => ({ message: `This request failed with ${status}.` })),
  ),
  variant(
    'messages are in another language',
    says(() => ({ message: 'Запрос отклонён – 申し訳ありません 🦆' })),
  ),
  variant(
    'messages have line breaks, quotes and brackets',
    says(() => ({ message: 'Sorry:\n\t"no" <such> {customer} \\ at home' })),
  ),
  variant(
    'messages are long',
    says(() => ({ message: 'Sorry. '.repeat(2000) })),
  ),
  variant(
    'a message repeats the identifier',
    says((_, { path }) => ({ message: `Cannot retrieve ${path.slice(0, 80)}` })),
  ),
  variant('an identifier that cannot be read has no param', {
    explain: (status) => {
      const { type, message, param } = explain(status).error;
      return { error: status === 400 || param === undefined ? { type, message } : { type, message, param } };
    },
  }),
  variant(
    'a missing key has a param',
    says((status) => (status === 401 ? { param: 'Authorization' } : {})),
  ),
  variant('the content type has a charset', withHeaders({ 'Content-Type': 'application/json; charset=utf-8' })),
  variant(
    'the charset is in upper case, without a space',
    withHeaders({ 'Content-Type': 'application/json;charset=UTF-8' }),
  ),
  variant('the charset is in quotes', withHeaders({ 'Content-Type': 'application/json ; charset="utf-8"' })),
  variant(
    'the content type has a parameter of its own',
    withHeaders({ 'Content-Type': 'application/json; version=2' }),
  ),
  variant('the content type is in capitals', withHeaders({ 'Content-Type': 'Application/JSON' })),
  variant(
    'bodies are chunked',
    sends((bytes, response) => response.end(bytes)),
  ),
  variant(
    'each chunk is a byte',
    sends((bytes, response) => {
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    }),
  ),
  variant(
    'a body comes in two packets, one later',
    sends((bytes, response) => {
      response.write(bytes.subarray(0, bytes.length / 2));
      setTimeout(() => response.end(bytes.subarray(bytes.length / 2)), 2);
    }),
  ),
  variant('a body ends with its connection', {
    ...sends((bytes, response) => response.end(bytes)),
    alter: (message) => without('content-length', { ...message, headers: { ...message.headers, Connection: 'close' } }),
    send: ({ status, headers, bytes }, response) => {
      response.useChunkedEncodingByDefault = false;
      response.writeHead(status, headers as Record<string, string>).end(bytes);
    },
  }),
  variant('every response closes its connection', withHeaders({ Connection: 'close' })),
  variant('connections are closed after each response, without a word', {
    send: (message, response) => {
      response.once('finish', () => response.socket?.end());
      send(message, response);
    },
  }),
  variant('idle connections are soon closed', { keepAliveTimeout: 5 }),
  variant('idle connections are closed after a second', { keepAliveTimeout: 1000 }),
  variant('early hints precede a response', {
    send: (message, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => send(message, response));
    },
  }),
  variant('there is no Date', { withoutDate: true }),
  variant('the reason phrase is another', {
    send: ({ status, headers, bytes }, response) => {
      response.writeHead(status, 'As You Wish', headers as Record<string, string>).end(bytes);
    },
  }),
  variant('header names are in lower case', {
    alter: (message) => ({
      ...message,
      headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name.toLowerCase(), value])),
    }),
  }),
  variant(
    'responses are tagged and may be cached for a while',
    withHeaders(({ number }) => ({
      ETag: `W/"${number}"`,
      'Cache-Control': 'private, max-age=60',
      Vary: 'Accept, Authorization',
    })),
  ),
  variant(
    'responses have an ID and a runtime',
    withHeaders(({ number }) => ({ 'X-Request-Id': `req_${number}`, 'X-Runtime': String(number / 1000) })),
  ),
  variant(
    'responses tell of a limit that is never reached',
    withHeaders(({ number }) => ({ 'RateLimit-Limit': '100000', 'RateLimit-Remaining': String(100_000 - number) })),
  ),
  variant(
    'responses set cookies',
    withHeaders(({ number }) => ({ 'Set-Cookie': [`session=${number}`, 'region=eu; Path=/'] })),
  ),
  variant(
    'responses come through proxies',
    withHeaders({ Via: '1.1 varnish', Server: 'nginx', Age: '0', 'X-Cache': 'MISS' }),
  ),
  variant('pages of any origin may read responses', withHeaders({ 'Access-Control-Allow-Origin': '*' })),
  variant(
    'responses bring security headers',
    withHeaders({
      'Strict-Transport-Security': 'max-age=63072000',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
    }),
  ),
  variant('bodies are in gzip for those who accept it', {
    alter: (message, { headers }) => {
      if (!/\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))) return message;
      const bytes = gzipSync(message.bytes);
      const more = { 'Content-Encoding': 'gzip', 'Content-Length': String(bytes.length), Vary: 'Accept-Encoding' };
      return { ...message, headers: { ...message.headers, ...more }, bytes };
    },
  }),
  variant('the realm is another', challenges('Token realm="Application", Basic realm="API, v2"')),
  variant('the challenge has no realm', challenges('Token')),
  variant('the challenge is for Basic alone', challenges('Basic realm="FirstOfficer", charset="UTF-8"')),
  variant('the challenge is in lower case', challenges('basic realm="firstofficer"')),
  variant(
    'two headers have a challenge each',
    challenges(['Basic realm="FirstOfficer"', 'Token realm="FirstOfficer"']),
  ),
  variant(
    'another scheme is offered, too',
    challenges('Bearer, Basic realm="FirstOfficer", Token realm="FirstOfficer"'),
  ),
  variant('a token may come without quotes', {
    authorize: (request) => authorize(request) || request.authorization[0] === `Token token=${TOKEN}`,
  }),
  variant('schemes are case-sensitive in Token, as they may be where OpenAPI has no word', {
    authorize: (request) => {
      const [value = ''] = request.authorization;
      return authorize(request) && (readToken(value) === undefined || value.startsWith('Token '));
    },
  }),
  variant(
    'some answers take 50 to 300 ms',
    delays(({ number }) => (number % 20 === 0 ? 50 + ((number * 97) % 250) : 0)),
  ),
  variant(
    'the first answer takes long, as a cold start',
    delays(({ number }) => (number === 1 ? 1500 : 0)),
  ),
  variant('methods are looked at before the key', {
    answer: (request, steps) =>
      ['GET', 'HEAD'].includes(request.method)
        ? standard(request, steps)
        : standard(request, { ...steps, authorize: () => true }),
  }),
  variant('Allow is in another order', allows('HEAD,GET')),
  variant('OPTIONS is allowed', {
    adjust: (answer, { method }) => {
      if (answer.status !== 405) return answer;
      const headers = { ...answer.headers, Allow: 'GET, HEAD, OPTIONS' };
      return method === 'OPTIONS' ? { status: 204, headers, body: undefined } : { ...answer, headers };
    },
    serialize: (body) => JSON.stringify(body) ?? '',
    alter: (message) =>
      message.status === 204 ? without('content-length', without('content-type', message)) : message,
  }),
  variant('methods that nobody knows get a 501', {
    adjust: (answer, { method }) =>
      answer.status === 405 && !STANDARD_METHODS.includes(method) ? { ...answer, status: 501, headers: {} } : answer,
  }),
  variant('a trailing slash is ignored', {
    segmentOf: (path) => segmentOf(path.length > PREFIX.length ? path.replace(/\/$/, '') : path),
  }),
  variant('paths that are not described get a page', {
    alter: (message, { path }) => {
      if (message.status !== 404 || segmentOf(path) !== undefined) return message;
      const bytes = Buffer.from('<!DOCTYPE html><title>Not found</title>');
      const headers = { 'Content-Type': 'text/html', 'Content-Length': String(bytes.length) };
      return { ...message, headers: { ...message.headers, ...headers }, bytes };
    },
  }),
  variant('HEAD has no Content-Length', {
    alter: (message, { method }) => (method === 'HEAD' ? without('content-length', message) : message),
  }),
  variant(
    'figures are updated after the thirtieth request',
    updates(({ number }) => number > 30),
  ),
  variant(
    'figures are updated after the hundredth request',
    updates(({ number }) => number > 100),
  ),
  variant(
    'figures are updated after each customer was read once',
    updates(({ store }, id) => {
      const before = store.has(String(id));
      store.set(String(id), true);
      return before;
    }),
  ),
];
