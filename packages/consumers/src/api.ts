import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { examplePairs, loadDescription } from '@firstofficer/openapi';
import { listening, type Server } from './server.ts';

const PREFIX = '/v2/customers/';

const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
const CUSTOMER = operations.flatMap(examplePairs).find(({ status }) => status === '200')?.body as object;

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const HTML = { 'Content-Type': 'text/html' };

/** What the API does when it is asked for these customers. Any other is one that it has. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  'status-400': refuses(400, { message: 'Unreadable identifier.', type: 'invalid_request_error', param: 'customer' }),
  'status-401': refuses(401, { message: 'The key is wrong.', type: 'invalid_request_error' }),
  'status-404': refuses(404, { message: 'No such customer.', type: 'invalid_request_error', param: 'id' }),
  'status-503': (response) => {
    response.setHeader('Retry-After', '7');
    json(response, 503, { error: { type: 'api_error', message: 'Try again.' } });
  },
  authorization: (response, { headers }) => json(response, 200, { ...CUSTOMER, extra_id: headers.authorization }),
  departs: (response) => json(response, 200, { ...CUSTOMER, currency: 'USD' }),
  'html-200': (response) => response.writeHead(200, HTML).end('<!doctype html><title>Hello</title>'),
  'html-502': (response) => response.writeHead(502, HTML).end('<html>Bad Gateway</html>'),
  'empty-404': (response) => response.writeHead(404).end(),
  closed: (response) => response.destroy(),
  broken: (response) => half(response, () => response.destroy()),
  stalled: (response) => half(response),
  'stalled-abort': (response) => half(response),
  silent: () => {},
  'silent-abort': () => {},
  redirect: (response) => response.writeHead(302, { Location: `${PREFIX}redirected` }).end(),
};

/** What it does when it is asked for these for the first time. */
const FIRST_ANSWERS: Readonly<Record<string, Answer>> = {
  'once-503': refusesForNow(503),
  'once-429': refusesForNow(429),
};

/**
 * An API on loopback that behaves as the customer asked for says, and knows what it was asked: `/requests` and
 * `/requests/{customer}` tell how often, `/arrived/{customer}` answers as soon as it was.
 */
export async function startApi(): Promise<Server> {
  const counts = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();

  const listener: RequestListener = (request, response) => {
    // A page on another port asks first whether it may, because of the header Authorization.
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'authorization, *');
    response.setHeader('Access-Control-Expose-Headers', '*');
    const path = request.url ?? '';
    const [, question, subject = ''] = /^\/(requests|arrived)\/?(.*)$/.exec(path) ?? [];
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
    } else if (question === 'requests') {
      response.end(String(subject === '' ? total(counts) : (counts.get(subject) ?? 0)));
    } else if (question === 'arrived') {
      if (counts.has(subject)) response.end();
      else waiting.set(subject, [...(waiting.get(subject) ?? []), () => response.end()]);
    } else {
      const customer = path.startsWith(PREFIX) ? decoded(path.slice(PREFIX.length)) : path;
      const answer = (!counts.has(customer) && FIRST_ANSWERS[customer]) || ANSWERS[customer] || hasIt(customer);
      counts.set(customer, (counts.get(customer) ?? 0) + 1);
      answer(response, request);
      for (const tell of waiting.get(customer) ?? []) tell();
      waiting.delete(customer);
    }
  };

  return listening(createServer(listener));
}

function hasIt(customer: string): Answer {
  return (response) => {
    response.setHeader('X-Request-Id', 'req_1');
    json(response, 200, { ...CUSTOMER, extra_id: customer });
  };
}

function refuses(status: number, error: unknown): Answer {
  return (response) => json(response, status, { error });
}

function refusesForNow(status: number): Answer {
  return (response) => {
    // Without it, a client may take its time.
    response.setHeader('Retry-After', '0');
    json(response, status, { error: { message: 'Later.' } });
  };
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function half(response: ServerResponse, then?: () => void): void {
  // All but its end: whoever does not count the bytes takes it for the whole.
  const body = JSON.stringify(CUSTOMER);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) + 100 };
  response.writeHead(200, headers).write(body, then);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

// A path that cannot be decoded comes back as it is, and so is seen to differ.
function decoded(segment: string): string {
  try {
    return segment.includes('/') ? segment : decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
