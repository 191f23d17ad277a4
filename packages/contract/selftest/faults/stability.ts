import type { Fault, FaultGroup } from '../fault.ts';
import { answer } from '../server/answer.ts';
import { customers } from '../server/customers.ts';
import { example, PREFIX } from '../server/description.ts';
import { refusal, render } from '../server/render.ts';
import type { Request } from '../server/request.ts';
import type { Answer, Variant } from '../server/steps.ts';
import { authorizedBy, retrieve, retrieveRaw, type TestRequest, token } from '../test-request.ts';

const repeated = (times: number, request: TestRequest = retrieve()) => Array.from({ length: times }, () => request);

const EMAIL = /@|%40/;
const success = (body: unknown): Answer => ({ status: 200, headers: {}, body });
const internal: Answer = { status: 500, headers: {}, body: { error: { type: 'api_error', message: 'Sorry.' } } };

function behaves(name: string, check: string, adjust: Variant['adjust'], triggeredBy: Fault['triggeredBy']): Fault {
  return { name, check, variant: { ...(adjust && { adjust }) }, ...(triggeredBy && { triggeredBy }) };
}

/** Returns a server that never answers some requests. */
function hangs(
  name: string,
  when: (answer: Answer, request: Request) => boolean,
  triggeredBy: Fault['triggeredBy'],
): Fault {
  return {
    ...behaves(
      name,
      'no_response',
      (right, request) => (when(right, request) ? new Promise<never>(() => {}) : right),
      triggeredBy,
    ),
    hangs: true,
  };
}

/** Returns a server that closes the connection instead of answering some requests. */
function drops(
  name: string,
  when: (answer: Answer, request: Request) => boolean,
  triggeredBy: Fault['triggeredBy'],
): Fault {
  return behaves(
    name,
    'no_response',
    (right, request) => {
      if (when(right, request)) request.socket.destroy();
      return right;
    },
    triggeredBy,
  );
}

/** Returns a server that stops after some request. */
function crashes(name: string, when: (request: Request) => boolean, ...triggeredBy: readonly TestRequest[]): Fault {
  return behaves(
    name,
    'no_response',
    (right, request) => {
      if (when(request)) request.crash();
      return right;
    },
    [...triggeredBy, retrieve()],
  );
}

/** One customer or another. */
function another(number: number): unknown {
  const customer = customers[number % customers.length];
  return customer && render(customer);
}

/** Returns the answer with a different figure. */
function withMrr(right: Answer, change: (mrr: number) => number): Answer {
  if (right.status !== 200) return right;
  const customer = right.body as { current_mrr: number };
  return { ...right, body: { ...customer, current_mrr: change(customer.current_mrr) } };
}

export const stability: FaultGroup = {
  name: 'stability',
  faults: [
    behaves(
      'one answer in 20 is a 500',
      'not_a_server_error',
      (right, { number }) => (number % 20 === 0 ? internal : right),
      repeated(20),
    ),
    behaves(
      'one answer in 20 is a 404',
      'repeatability',
      (right, { number }) => (number % 20 === 0 && right.status === 200 ? refusal(404) : right),
      repeated(20),
    ),
    behaves(
      'every seventh answer is another customer',
      'repeatability',
      (right, { number }) => (number % 7 === 0 && right.status === 200 ? success(another(number)) : right),
      repeated(7),
    ),
    behaves(
      'figures go to and fro between reads',
      'repeatability',
      (right, { number }) => withMrr(right, (mrr) => (number % 2 === 0 ? mrr + 100 : mrr)),
      repeated(2),
    ),
    behaves(
      'figures grow with each read',
      'repeatability',
      (right, { number }) => withMrr(right, (mrr) => mrr + number),
      repeated(2),
    ),
    behaves(
      'members are missing from every second answer',
      'response_schema_conformance',
      (right, { number }) => (number % 2 === 0 && right.status === 200 ? success({ object: 'customer' }) : right),
      repeated(2),
    ),
    behaves(
      'an error is remembered and sent to the next client as well',
      'repeatability',
      (right, { store }) => {
        const remembered = store.get('error') as Answer | undefined;
        if (right.status === 404) store.set('error', right);
        else store.delete('error');
        return right.status === 200 && remembered ? remembered : right;
      },
      [retrieve('cus_NoSuch'), retrieve()],
    ),
    behaves(
      'a wrong key locks the right one out',
      'accepted_auth',
      (right, { store }) => {
        if (right.status === 401) store.set('refusal', right);
        return (store.get('refusal') as Answer | undefined) ?? right;
      },
      [authorizedBy(token('wrong')), retrieve()],
    ),
    behaves(
      'a cache does not tell identifiers by their case',
      'exact_match',
      (right, { path, store }) => {
        const name = path.toLowerCase();
        if (right.status === 200 && !store.has(name)) store.set(name, right);
        return right.status === 401 ? right : ((store.get(name) as Answer | undefined) ?? right);
      },
      [retrieve(), retrieve(example('stripe_id').toLowerCase())],
    ),
    {
      name: 'customers of requests at the same time are mixed up',
      check: 'repeatability',
      variant: {
        answer: async (request, steps) => {
          // Simulates a variable that belongs to the server instead of the request.
          request.store.set('path', request.path);
          await new Promise((resolve) => setTimeout(resolve, 20));
          return answer({ ...request, path: String(request.store.get('path')) }, steps);
        },
      },
      triggeredBy: [retrieve(), retrieve(example('lost_customer'))],
    },
    {
      name: 'bodies of requests at the same time are written into one buffer',
      check: 'repeatability',
      variant: {
        adjust: async (right, { store }) => {
          store.set('body', right.body);
          await new Promise((resolve) => setTimeout(resolve, 20));
          return { ...right, body: store.get('body') };
        },
      },
      triggeredBy: [retrieve(), retrieve('cus_NoSuch')],
    },
    behaves(
      'a second request on a connection gets the answer to the first',
      'repeatability',
      (right, { socket, store }) => {
        const connections = (store.get('connections') ?? new WeakMap()) as WeakMap<object, Answer>;
        store.set('connections', connections);
        const first = connections.get(socket) ?? right;
        connections.set(socket, first);
        return first;
      },
      [retrieve(), retrieve('cus_NoSuch')],
    ),
    hangs('look-ups by email address hang', (_, { path }) => EMAIL.test(path), retrieve(example('email'))),
    hangs('a 404 never comes', ({ status }) => status === 404, retrieve('cus_NoSuch')),
    hangs('a 400 never comes', ({ status }) => status === 400, retrieveRaw('%ZZ')),
    hangs('a 401 never comes', ({ status }) => status === 401, authorizedBy(undefined)),
    hangs('an empty identifier hangs', (_, { path }) => path === PREFIX, retrieve('')),
    hangs('long identifiers hang', (_, { path }) => path.length > 1000, retrieve('x'.repeat(1024))),
    hangs('HEAD hangs', (_, { method }) => method === 'HEAD', retrieve(undefined, { method: 'HEAD' })),
    hangs('POST hangs', (_, { method }) => method === 'POST', retrieve(undefined, { method: 'POST' })),
    hangs('the thirtieth request hangs', (_, { number }) => number === 30, repeated(30)),
    hangs(
      'many of the same letter hang, as in a careless regular expression',
      (_, { path }) => /(.)\1{200}/.test(path),
      retrieve('a'.repeat(300)),
    ),
    drops('broken percent-encoding resets the connection', (_, { path }) => /%ZZ/i.test(path), retrieveRaw('%ZZ')),
    drops('a wrong key closes the connection', ({ status }) => status === 401, authorizedBy(token('wrong'))),
    drops('an unknown customer closes the connection', ({ status }) => status === 404, retrieve('cus_NoSuch')),
    drops('long identifiers close the connection', (_, { path }) => path.length > 4096, retrieve('x'.repeat(5000))),
    drops('a NUL closes the connection', (_, { path }) => path.includes('%00'), retrieve('cus\0')),
    {
      name: 'the connection is dropped in the middle of every customer',
      check: 'message_framing',
      variant: {
        send: ({ status, headers, bytes }, response) => {
          response.writeHead(status, headers as Record<string, string>);
          if (status !== 200) {
            response.end(bytes);
            return;
          }
          response.write(bytes.subarray(0, 20), () => response.socket?.destroySoon());
        },
      },
    },
    crashes('an emoji crashes the server', ({ path }) => /%f0%9f/i.test(path), retrieve('🦆')),
    crashes('broken percent-encoding crashes the server', ({ path }) => /%ZZ/i.test(path), retrieveRaw('%ZZ')),
    crashes('malformed base64 crashes the server', isMalformedBasic, authorizedBy('Basic !!!')),
    crashes('a NUL crashes the server', ({ path }) => path.includes('%00'), retrieve('cus\0')),
    crashes(
      'the largest FirstOfficer ID crashes the server',
      ({ path }) => /\d{16}/.test(path),
      retrieve('9007199254740991'),
    ),
    crashes('the twenty-fifth request crashes the server', ({ number }) => number === 25, ...repeated(25)),
  ],
};

function isMalformedBasic({ authorization: [value = ''] }: Request): boolean {
  return /^basic .*[^A-Za-z0-9+/= ]/i.test(value);
}
