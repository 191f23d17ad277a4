import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Compilable } from 'kysely';
import type { Database, Run, Values } from '../src/database/database.ts';

/** Changes the live server so that it has a fault. */
interface Change {
  /** Changes the server before it listens. */
  readonly changeServer?: (app: FastifyInstance) => void;
  /** Changes the parameters of every database query. */
  readonly changeValues?: (values: Values) => Values;
}

/** A fault that is added to the live server. */
export interface Fault extends Change {
  /** What the server does wrong. */
  readonly name: string;
  /** The contract check that must find the fault. */
  readonly check: string;
}

/** Returns the faults that one check must find. */
function foundBy(check: string, changes: Readonly<Record<string, Change>>): Fault[] {
  return Object.entries(changes).map(([name, change]) => ({ name, check, ...change }));
}

type Body = Record<string, unknown>;

/** Changes responses. A string that `change` returns replaces the body. */
const changeResponses = (
  change: (request: FastifyRequest, reply: FastifyReply, payload: string) => string | undefined,
): Change => ({
  changeServer: (app) =>
    void app.addHook('onSend', async (request, reply, payload) => change(request, reply, String(payload)) ?? payload),
});

/** Changes the customers in responses. */
const changeCustomers = (change: (body: Body) => Body) =>
  changeResponses((_, reply, payload) =>
    reply.statusCode === 200 ? JSON.stringify(change(JSON.parse(payload))) : undefined,
  );

/** Changes requests before the server handles them. */
const changeRequests = (change: (request: IncomingMessage) => void): Change => ({
  changeServer: (app) => void app.server.prependListener('request', change),
});

interface Head {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
}

/** Changes the status and the headers of responses as a proxy could, after everything else. */
const changeHeads = (change: (head: Head, request: IncomingMessage) => Head): Change => ({
  changeServer: (app) =>
    void app.server.prependListener('request', (request, response) => {
      const writeHead = response.writeHead.bind(response);
      response.writeHead = (statusCode: number, given?: unknown) => {
        const { status, headers } = change({ status: statusCode, headers: Object(given) }, request);
        return writeHead(status, headers);
      };
    }),
});

/** Answers 304 to the ETags of earlier responses, as a cache that ignores keys does. */
function cacheForAll(): Change {
  const sent = new Set<unknown>();
  return changeHeads(({ status, headers }, request) => {
    if (status === 200) sent.add(headers.etag);
    return { status: status === 401 && sent.has(request.headers['if-none-match']) ? 304 : status, headers };
  });
}

/** Changes the identifier in database queries. */
const changeIdentifier = (change: (text: string) => string): Change => ({
  changeValues: (values) =>
    typeof values.identifier === 'string' ? { ...values, identifier: change(values.identifier) } : values,
});

function decodeAgain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Answers 503 instead of every third customer. */
function failEveryThird(): Change {
  let responses = 0;
  return changeResponses((_, reply) => {
    responses += 1;
    if (reply.statusCode === 200 && responses % 3 === 0) reply.code(503).header('retry-after', '1');
    return undefined;
  });
}

/** Realistic faults of a server: in hooks, in queries, or in a proxy in front of it. */
export const faults: readonly Fault[] = [
  ...foundBy('response_schema_conformance', {
    'returns amounts as strings': changeCustomers((body) => ({ ...body, current_mrr: String(body.current_mrr) })),
    'omits properties that are null': changeCustomers((body) =>
      Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
    ),
    'answers 200 with null for an unknown customer': changeResponses((_, reply) => {
      if (reply.statusCode !== 404) return undefined;
      reply.code(200);
      return 'null';
    }),
    'omits the parameter name from a 404': changeResponses((_, reply) =>
      reply.statusCode === 404 ? '{"error":{"type":"invalid_request_error","message":"No."}}' : undefined,
    ),
  }),
  ...foundBy('lost_customer_mrr', {
    'returns MRR for a customer without subscriptions': changeCustomers((body) =>
      body.current_subscription_count === 0 ? { ...body, current_mrr: 500 } : body,
    ),
  }),
  ...foundBy('response_headers_conformance', {
    'omits WWW-Authenticate from a 401': changeResponses((_, reply) => void reply.removeHeader('www-authenticate')),
  }),
  ...foundBy('content_type_conformance', {
    'sends every response as text/html': changeResponses((_, reply) => void reply.header('content-type', 'text/html')),
  }),
  ...foundBy('accept_independence', {
    'sends HTML to browsers': changeResponses((request, reply) => {
      if (!String(request.headers.accept).includes('text/html')) return undefined;
      reply.header('content-type', 'text/html');
      return '<p>Hello</p>';
    }),
  }),
  ...foundBy('not_a_server_error', { 'answers 503 instead of every third customer': failEveryThird() }),
  ...foundBy('head_conformance', {
    'answers 200 to every HEAD': changeResponses(
      (request, reply) => void (request.method === 'HEAD' && reply.code(200)),
    ),
  }),
  ...foundBy('ignored_auth', {
    'accepts the key as a Bearer token': changeRequests(({ headers }) => {
      headers.authorization = String(headers.authorization ?? '').replace(/^Bearer (.+)$/i, 'Token token="$1"');
    }),
  }),
  ...foundBy('query_independence', {
    'reads the customer from a query parameter': changeRequests((request) => {
      const name = /[?&]customer=([^&]+)/.exec(request.url ?? '')?.[1];
      if (name !== undefined) request.url = `/v2/customers/${name}`;
    }),
  }),
  ...foundBy('absolute_form', {
    'does not find a target in absolute form': changeRequests((request) => {
      if (request.url?.startsWith('http')) request.url = '/unknown';
    }),
  }),
  ...foundBy('unsupported_method', {
    'omits Allow from a 405': changeResponses((_, reply) => void reply.removeHeader('allow')),
    'answers POST like GET': changeRequests((request) => {
      if (request.method === 'POST') request.method = 'GET';
    }),
  }),
  ...foundBy('conditional_requests', {
    'sends ETags without quotation marks': changeHeads(({ status, headers }) => ({
      status,
      headers: { ...headers, ...(headers.etag && { etag: String(headers.etag).slice(1, -1) }) },
    })),
    'ignores the ETag of a condition': changeRequests(({ headers }) => {
      if (headers['if-none-match']) headers['if-none-match'] = '*';
    }),
    'answers 304 without a key': cacheForAll(),
    'ignores conditions': changeRequests(({ headers }) => {
      delete headers['if-none-match'];
    }),
  }),
  ...foundBy('unique_request_ids', {
    'sends the same request ID with every response': {
      changeServer: (app) => void app.setGenReqId(() => 'req_1'),
    },
  }),
  ...foundBy('exact_match', {
    'compares identifiers in lower case': changeIdentifier((text) => text.toLowerCase()),
    'trims identifiers': changeIdentifier((text) => text.trim()),
    'decodes identifiers twice': changeIdentifier(decodeAgain),
    'decodes a plus sign as a space': changeIdentifier((text) => text.replaceAll('+', ' ')),
    'parses identifiers as numbers': {
      changeValues: (values) =>
        'number' in values ? { ...values, number: Number.parseInt(String(values.identifier), 10) || null } : values,
    },
  }),
  ...foundBy('same_customer', {
    'cuts identifiers off at 255 characters': changeIdentifier((text) => text.slice(0, 255)),
  }),
];

/** Returns a database whose queries run with changed parameters. */
export function withChangedValues(database: Database, change: Fault['changeValues']): Database {
  if (!change) return database;
  return {
    ...database,
    prepare<Row>(query: Compilable<Row>): Run<Row> {
      const run = database.prepare(query);
      return (values) => run(change(values));
    },
  };
}
