import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type Listening, listen } from '@firstofficer/common/listen';
import { findExamplePairs, loadDescription } from '@firstofficer/openapi';

const PREFIX = '/v2/customers/';

const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
const CUSTOMER = operations.flatMap(findExamplePairs).find(({ status }) => status === '200')?.body as object;

type Responder = (response: ServerResponse, request: IncomingMessage) => void;

const HTML = { 'Content-Type': 'text/html' };

/** The responses to requests for these customers. Requests for all other customers succeed. */
const RESPONDERS: Readonly<Record<string, Responder>> = {
  'status-400': createErrorResponder(400, { message: 'Unreadable.', type: 'invalid_request_error', param: 'customer' }),
  'status-401': createErrorResponder(401, { message: 'The key is wrong.', type: 'invalid_request_error' }),
  'status-404': createErrorResponder(404, {
    message: 'No such customer.',
    type: 'invalid_request_error',
    param: 'customer',
  }),
  'status-503': (response) => {
    response.setHeader('Retry-After', '7');
    sendJson(response, 503, { error: { type: 'api_error', message: 'Try again.' } });
  },
  authorization: (response, { headers }) => sendJson(response, 200, { ...CUSTOMER, extra_id: headers.authorization }),
  headers: (response, { headers }) => sendJson(response, 200, { ...CUSTOMER, extra_id: JSON.stringify(headers) }),
  invalid: (response) => sendJson(response, 200, { ...CUSTOMER, currency: 'USD' }),
  'html-200': (response) => response.writeHead(200, HTML).end('<!doctype html><title>Hello</title>'),
  'html-502': (response) => response.writeHead(502, HTML).end('<html>Bad Gateway</html>'),
  'empty-404': (response) => response.writeHead(404).end(),
  deprecated: (response) => {
    response.setHeader('Deprecation', '@1793491200').setHeader('Sunset', 'Mon, 01 Nov 2027 00:00:00 GMT');
    sendJson(response, 200, CUSTOMER);
  },
  closed: (response) => response.destroy(),
  broken: (response) => sendIncomplete(response, () => response.destroy()),
  stalled: (response) => sendIncomplete(response),
  'stalled-abort': (response) => sendIncomplete(response),
  silent: () => {},
  'silent-abort': () => {},
  'silent-many': () => {},
  redirect: (response) => response.writeHead(302, { Location: `${PREFIX}redirected` }).end(),
};

/** The responses to the first request for these customers. */
const FIRST_REQUEST_RESPONDERS: Readonly<Record<string, Responder>> = {
  'once-503': createRetryableErrorResponder(503),
  'once-429': createRetryableErrorResponder(429),
  'once-401': createErrorResponder(401, { message: 'The key is wrong.', type: 'invalid_request_error' }),
};

/**
 * Starts an API on loopback whose response depends on the customer that is requested. It also counts requests:
 * `/requests` and `/requests/{customer}` return the counts, and `/arrived/{customer}` responds once a request has
 * arrived.
 */
export async function startApi(): Promise<Listening> {
  const counts = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();

  const listener: RequestListener = (request, response) => {
    // Browsers send a CORS preflight request, because the page is on another port and sends Authorization.
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'authorization, *');
    response.setHeader('Access-Control-Expose-Headers', '*');
    const path = request.url ?? '';
    const [, query, requested = ''] = /^\/(requests|arrived)\/?(.*)$/.exec(path) ?? [];
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
    } else if (query === 'requests') {
      response.end(String(requested === '' ? sumCounts(counts) : (counts.get(requested) ?? 0)));
    } else if (query === 'arrived') {
      if (counts.has(requested)) response.end();
      else waiting.set(requested, [...(waiting.get(requested) ?? []), () => response.end()]);
    } else {
      const customer = path.startsWith(PREFIX) ? decodeSegment(path.slice(PREFIX.length)) : path;
      const respond =
        (!counts.has(customer) && FIRST_REQUEST_RESPONDERS[customer]) ||
        RESPONDERS[customer] ||
        createCustomerResponder(customer);
      counts.set(customer, (counts.get(customer) ?? 0) + 1);
      respond(response, request);
      for (const resolve of waiting.get(customer) ?? []) resolve();
      waiting.delete(customer);
    }
  };

  return listen(createServer(listener));
}

function createCustomerResponder(customer: string): Responder {
  return (response) => {
    response.setHeader('X-Request-Id', 'req_1');
    sendJson(response, 200, { ...CUSTOMER, extra_id: customer });
  };
}

function createErrorResponder(status: number, error: unknown): Responder {
  return (response) => sendJson(response, status, { error });
}

function createRetryableErrorResponder(status: number): Responder {
  return (response) => {
    // Without this header, the client would wait for a random time before it retries.
    response.setHeader('Retry-After', '0');
    sendJson(response, status, { error: { message: 'Try again later.' } });
  };
}

function sumCounts(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function sendIncomplete(response: ServerResponse, then?: () => void): void {
  // The body is complete JSON, but shorter than its Content-Length.
  const body = JSON.stringify(CUSTOMER);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) + 100 };
  response.writeHead(200, headers).write(body, then);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** Returns a segment that cannot be decoded unchanged, so that the comparison with the identifier fails. */
function decodeSegment(segment: string): string {
  try {
    return segment.includes('/') ? segment : decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
