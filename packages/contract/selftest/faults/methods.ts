import { STATUS_CODES } from 'node:http';
import type { Fault, FaultGroup } from '../fault.ts';
import { answer } from '../server/answer.ts';
import { example } from '../server/description.ts';
import type { Request } from '../server/request.ts';
import type { Answer, Variant } from '../server/steps.ts';
import { authorizedBy, retrieve, retrieveRaw } from '../test-request.ts';

const by = (method: string, identifier?: string) => retrieve(identifier, { method });

/** Returns a server that treats one method as another. */
function takesFor(method: string, meant: string): Variant {
  return {
    answer: (request, steps) => answer(request.method === method ? { ...request, method: meant } : request, steps),
  };
}

/** Returns a server with a special answer to authorized requests with some methods. */
function answers(isMeant: (method: string) => boolean, instead: Partial<Answer>): Variant {
  return {
    adjust: (right, { method }) => (right.status !== 401 && isMeant(method) ? { ...right, ...instead } : right),
  };
}

function unsupported(name: string, variant: Variant, method = 'POST', check: string = 'unsupported_method'): Fault {
  return { name, check, variant, triggeredBy: by(method) };
}

function head(name: string, variant: Variant, identifier?: string): Fault {
  return { name, check: 'head_conformance', variant, triggeredBy: by('HEAD', identifier) };
}

/** Returns the request as TRACE sends it back. */
const echo = ({ method, target, headers }: Request) =>
  [`${method} ${target} HTTP/1.1`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n');

function echoes(method: string): Fault {
  return {
    name: `${method} gives back the headers, and the key in them`,
    check: 'credentials_disclosure',
    variant: {
      adjust: (right, request) =>
        request.method === method ? { status: 200, headers: {}, body: { request: echo(request) } } : right,
    },
    triggeredBy: by(method),
  };
}

const STANDARD = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

export const methods: FaultGroup = {
  name: 'methods',
  faults: [
    ...['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) =>
      unsupported(`${method} is answered like GET`, takesFor(method, 'GET'), method),
    ),
    unsupported('a method that nobody knows is answered like GET', takesFor('BREW', 'GET'), 'BREW'),
    unsupported('get in lower case is GET', takesFor('get', 'GET'), 'get'),
    unsupported(
      'a 405 has no Allow',
      answers((method) => method !== 'GET' && method !== 'HEAD', { headers: {} }),
    ),
    unsupported(
      'a 405 has an empty Allow',
      answers((method) => method !== 'GET' && method !== 'HEAD', { headers: { Allow: '' } }),
    ),
    unsupported(
      'a 405 allows what it has just refused',
      answers((method) => method !== 'GET' && method !== 'HEAD', { headers: { Allow: 'GET, HEAD, POST' } }),
    ),
    unsupported(
      'a 405 does not allow GET',
      answers((method) => method !== 'GET' && method !== 'HEAD', { headers: { Allow: 'OPTIONS' } }),
    ),
    {
      ...unsupported('a 405 is plain text', {
        alter: (message) => {
          if (message.status !== 405) return message;
          const bytes = Buffer.from('Method Not Allowed');
          const headers = { 'Content-Type': 'text/plain', 'Content-Length': String(bytes.length) };
          return { ...message, headers: { ...message.headers, ...headers }, bytes };
        },
      }),
      severity: 'note',
    },
    unsupported(
      'POST creates a customer',
      answers((method) => method === 'POST', { status: 201, body: {} }),
    ),
    unsupported(
      'PUT is accepted',
      answers((method) => method === 'PUT', { status: 202, body: {} }),
      'PUT',
    ),
    unsupported(
      'DELETE deletes',
      answers((method) => method === 'DELETE', { status: 204 }),
      'DELETE',
    ),
    unsupported(
      'POST gets a 403 about forgery',
      answers((method) => method === 'POST', { status: 403 }),
    ),
    unsupported(
      'POST leads to a 500',
      answers((method) => method === 'POST', { status: 500 }),
      'POST',
      'not_a_server_error',
    ),
    unsupported(
      'PATCH leads to a 502',
      answers((method) => method === 'PATCH', { status: 502 }),
      'PATCH',
      'not_a_server_error',
    ),
    unsupported(
      'a method that nobody knows leads to a 500',
      answers((method) => !STANDARD.includes(method), { status: 500 }),
      'BREW',
      'not_a_server_error',
    ),
    echoes('TRACE'),
    echoes('OPTIONS'),
    {
      name: 'a method in the query takes the place of GET',
      check: 'query_independence',
      variant: {
        answer: (request, steps) => {
          const method = new URLSearchParams(request.query).get('_method')?.toUpperCase();
          return answer({ ...request, method: method ?? request.method }, steps);
        },
      },
      triggeredBy: retrieveRaw('cus_1?_method=delete'),
    },
    {
      name: 'a method in a header takes the place of GET',
      check: 'query_independence',
      variant: {
        answer: (request, steps) => {
          const method = request.headers['x-http-method-override'];
          return answer({ ...request, method: typeof method === 'string' ? method : request.method }, steps);
        },
      },
      triggeredBy: retrieve(undefined, { headers: { 'X-HTTP-Method-Override': 'DELETE' } }),
    },
    head(
      'HEAD gets a 404',
      answers((method) => method === 'HEAD', { status: 404 }),
    ),
    head(
      'HEAD gets a 405',
      answers((method) => method === 'HEAD', { status: 405, headers: { Allow: 'GET' } }),
    ),
    head(
      'HEAD gets a 500',
      answers((method) => method === 'HEAD', { status: 500 }),
    ),
    head(
      'HEAD gets a 204',
      answers((method) => method === 'HEAD', { status: 204 }),
    ),
    head(
      'HEAD gets a 200 for unknown customers, too',
      answers((method) => method === 'HEAD', { status: 200 }),
      'x',
    ),
    {
      ...head('HEAD gets a 200 whatever the identifier is', {
        adjust: (right, { method }) => (method === 'HEAD' && right.status === 400 ? { ...right, status: 200 } : right),
      }),
      triggeredBy: retrieveRaw('%ZZ', { method: 'HEAD' }),
    },
    head('HEAD has a Content-Length of 0', {
      alter: (message, { method }) =>
        method === 'HEAD' ? { ...message, headers: { ...message.headers, 'Content-Length': '0' } } : message,
    }),
    head('HEAD has the Content-Length of another body', {
      alter: (message, { method }) =>
        method === 'HEAD'
          ? { ...message, headers: { ...message.headers, 'Content-Length': String(message.bytes.length + 2) } }
          : message,
    }),
    head('HEAD has no content type', {
      alter: (message, { method }) => {
        const { 'Content-Type': _, ...headers } = message.headers;
        return method === 'HEAD' ? { ...message, headers } : message;
      },
    }),
    head('HEAD has another content type', {
      alter: (message, { method }) =>
        method === 'HEAD' ? { ...message, headers: { ...message.headers, 'Content-Type': 'text/html' } } : message,
    }),
    {
      ...head('HEAD without a key has no challenge', {
        adjust: (right, { method }) => (method === 'HEAD' ? { ...right, headers: {} } : right),
      }),
      triggeredBy: { ...authorizedBy(undefined), method: 'HEAD' },
    },
    {
      ...head('HEAD gets a body', {
        send: ({ status, headers, bytes }, response, { method }) => {
          if (method !== 'HEAD') {
            response.writeHead(status, headers as Record<string, string>).end(bytes);
            return;
          }
          const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
          response.socket?.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${bytes}`);
        },
      }),
      check: 'message_framing',
    },
    {
      ...head('HEAD by email address is not found', {
        adjust: (right, { method, path }) =>
          method === 'HEAD' && /@|%40/.test(path) && right.status === 200 ? { ...right, status: 404 } : right,
      }),
      triggeredBy: by('HEAD', example('email')),
    },
  ],
};
