import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Compilable } from 'kysely';
import type { Database, Run, Values } from '../src/database/database.ts';

/** A fault that is added to the live server. */
export interface Fault {
  /** What the server does wrong. */
  readonly name: string;
  /** The contract check that must find the fault. */
  readonly check: string;
  /** Changes the server before it listens. */
  readonly changeServer?: (app: FastifyInstance) => void;
  /** Changes the parameters of every database query. */
  readonly changeValues?: (values: Values) => Values;
}

type Body = Record<string, unknown>;

/** Changes responses. A string that `change` returns replaces the body. */
const changeResponses =
  (change: (request: FastifyRequest, reply: FastifyReply, payload: string) => string | undefined) =>
  (app: FastifyInstance) =>
    void app.addHook('onSend', async (request, reply, payload) => change(request, reply, String(payload)) ?? payload);

/** Changes the customers in responses. */
const changeCustomers = (change: (body: Body) => Body) =>
  changeResponses((_, reply, payload) =>
    reply.statusCode === 200 ? JSON.stringify(change(JSON.parse(payload))) : undefined,
  );

/** Changes requests before the server handles them. */
const changeRequests = (change: (request: IncomingMessage) => void) => (app: FastifyInstance) =>
  void app.server.prependListener('request', (request: IncomingMessage) => change(request));

/** Changes the identifier in database queries. */
const changeIdentifier = (change: (text: string) => string) => (values: Values) =>
  typeof values.identifier === 'string' ? { ...values, identifier: change(values.identifier) } : values;

function decodeAgain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Realistic faults of a server: in hooks, in queries, or in a proxy in front of it. */
export const faults: readonly Fault[] = [
  {
    name: 'returns amounts as strings',
    check: 'response_schema_conformance',
    changeServer: changeCustomers((body) => ({ ...body, current_mrr: String(body.current_mrr) })),
  },
  {
    name: 'omits properties that are null',
    check: 'response_schema_conformance',
    changeServer: changeCustomers((body) =>
      Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
    ),
  },
  {
    name: 'answers 200 with null for an unknown customer',
    check: 'response_schema_conformance',
    changeServer: changeResponses((_, reply) => {
      if (reply.statusCode !== 404) return undefined;
      reply.code(200);
      return 'null';
    }),
  },
  {
    name: 'returns MRR for a customer without subscriptions',
    check: 'lost_customer_mrr',
    changeServer: changeCustomers((body) =>
      body.current_subscription_count === 0 ? { ...body, current_mrr: 500 } : body,
    ),
  },
  {
    name: 'omits the parameter name from a 404',
    check: 'response_schema_conformance',
    changeServer: changeResponses((_, reply) =>
      reply.statusCode === 404 ? '{"error":{"type":"invalid_request_error","message":"No."}}' : undefined,
    ),
  },
  {
    name: 'omits WWW-Authenticate from a 401',
    check: 'response_headers_conformance',
    changeServer: changeResponses((_, reply) => void reply.removeHeader('www-authenticate')),
  },
  {
    name: 'omits Allow from a 405',
    check: 'unsupported_method',
    changeServer: changeResponses((_, reply) => void reply.removeHeader('allow')),
  },
  {
    name: 'sends every response as text/html',
    check: 'content_type_conformance',
    changeServer: changeResponses((_, reply) => void reply.header('content-type', 'text/html')),
  },
  {
    name: 'sends HTML to browsers',
    check: 'accept_independence',
    changeServer: changeResponses((request, reply) => {
      if (!String(request.headers.accept).includes('text/html')) return undefined;
      reply.header('content-type', 'text/html');
      return '<p>Hello</p>';
    }),
  },
  {
    name: 'answers 503 instead of every third customer',
    check: 'not_a_server_error',
    changeServer: (app) => {
      let responses = 0;
      changeResponses((_, reply) => {
        responses += 1;
        if (reply.statusCode === 200 && responses % 3 === 0) reply.code(503).header('retry-after', '1');
        return undefined;
      })(app);
    },
  },
  {
    name: 'answers 200 to every HEAD',
    check: 'head_conformance',
    changeServer: changeResponses((request, reply) => void (request.method === 'HEAD' && reply.code(200))),
  },
  {
    name: 'accepts the key as a Bearer token',
    check: 'ignored_auth',
    changeServer: changeRequests(({ headers }) => {
      headers.authorization = String(headers.authorization ?? '').replace(/^Bearer (.+)$/i, 'Token token="$1"');
    }),
  },
  {
    name: 'takes the customer from a query parameter',
    check: 'query_independence',
    changeServer: changeRequests((request) => {
      const name = /[?&]customer=([^&]+)/.exec(request.url ?? '')?.[1];
      if (name !== undefined) request.url = `/v2/customers/${name}`;
    }),
  },
  {
    name: 'answers POST like GET',
    check: 'unsupported_method',
    changeServer: changeRequests((request) => {
      if (request.method === 'POST') request.method = 'GET';
    }),
  },
  {
    name: 'compares identifiers in lower case',
    check: 'exact_match',
    changeValues: changeIdentifier((text) => text.toLowerCase()),
  },
  { name: 'trims identifiers', check: 'exact_match', changeValues: changeIdentifier((text) => text.trim()) },
  { name: 'decodes identifiers twice', check: 'exact_match', changeValues: changeIdentifier(decodeAgain) },
  {
    name: 'decodes a plus sign as a space',
    check: 'exact_match',
    changeValues: changeIdentifier((text) => text.replaceAll('+', ' ')),
  },
  {
    name: 'parses identifiers as numbers',
    check: 'exact_match',
    changeValues: (values) =>
      'number' in values ? { ...values, number: Number.parseInt(String(values.identifier), 10) || null } : values,
  },
  {
    name: 'cuts identifiers off at 255 characters',
    check: 'same_customer',
    changeValues: changeIdentifier((text) => text.slice(0, 255)),
  },
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
