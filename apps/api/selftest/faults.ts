import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database, Values } from '../src/database/database.ts';

/** The live server with one thing wrong. */
export interface Fault {
  readonly name: string;
  /** The check that must find it. */
  readonly check: string;
  /** Alters what was made before it listens. */
  readonly alter?: (app: FastifyInstance) => void;
  /** Alters what is asked of the database. */
  readonly ask?: (values: Values) => Values;
}

type Body = Record<string, unknown>;

/** Alters what is sent; whatever it returns replaces the body. */
const sending =
  (change: (request: FastifyRequest, reply: FastifyReply, payload: string) => string | undefined) =>
  (app: FastifyInstance) =>
    void app.addHook('onSend', async (request, reply, payload) => change(request, reply, String(payload)) ?? payload);

/** Alters customers that are sent. */
const customers = (change: (body: Body) => Body) =>
  sending((_, reply, payload) => (reply.statusCode === 200 ? JSON.stringify(change(JSON.parse(payload))) : undefined));

/** Alters requests before anything else sees them. */
const receiving = (change: (request: IncomingMessage) => void) => (app: FastifyInstance) =>
  void app.server.prependListener('request', (request: IncomingMessage) => change(request));

const identifier = (change: (text: string) => string) => (values: Values) =>
  typeof values.identifier === 'string' ? { ...values, identifier: change(values.identifier) } : values;

function decodeAgain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

let requests = 0;

/** Faults that a server of this make could have: a hook too many, a careless query, a proxy that means well. */
export const faults: readonly Fault[] = [
  {
    name: 'amounts are written as text',
    check: 'response_schema_conformance',
    alter: customers((body) => ({ ...body, current_mrr: String(body.current_mrr) })),
  },
  {
    name: 'null is left out',
    check: 'response_schema_conformance',
    alter: customers((body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))),
  },
  {
    name: 'an unknown customer is a 200 with null',
    check: 'response_schema_conformance',
    alter: sending((_, reply) => {
      if (reply.statusCode !== 404) return undefined;
      reply.code(200);
      return 'null';
    }),
  },
  {
    name: 'a lost customer still has MRR',
    check: 'lost_customer_mrr',
    alter: customers((body) => (body.current_subscription_count === 0 ? { ...body, current_mrr: 500 } : body)),
  },
  {
    name: 'a 404 names no parameter',
    check: 'response_schema_conformance',
    alter: sending((_, reply) =>
      reply.statusCode === 404 ? '{"error":{"type":"invalid_request_error","message":"No."}}' : undefined,
    ),
  },
  {
    name: 'a 401 has no challenge',
    check: 'response_headers_conformance',
    alter: sending((_, reply) => void reply.removeHeader('www-authenticate')),
  },
  {
    name: 'a 405 has no Allow',
    check: 'unsupported_method',
    alter: sending((_, reply) => void reply.removeHeader('allow')),
  },
  {
    name: 'everything is called HTML',
    check: 'content_type_conformance',
    alter: sending((_, reply) => void reply.header('content-type', 'text/html')),
  },
  {
    name: 'browsers get HTML',
    check: 'accept_independence',
    alter: sending((request, reply) => {
      if (!String(request.headers.accept).includes('text/html')) return undefined;
      reply.header('content-type', 'text/html');
      return '<p>Hello</p>';
    }),
  },
  {
    name: 'every third customer is a 503',
    check: 'not_a_server_error',
    alter: sending((_, reply) => {
      requests += 1;
      if (reply.statusCode === 200 && requests % 3 === 0) reply.code(503).header('retry-after', '1');
      return undefined;
    }),
  },
  {
    name: 'HEAD is always a 200',
    check: 'head_conformance',
    alter: sending((request, reply) => void (request.method === 'HEAD' && reply.code(200))),
  },
  {
    name: 'a Bearer token is taken',
    check: 'ignored_auth',
    alter: receiving(({ headers }) => {
      headers.authorization = String(headers.authorization ?? '').replace(/^Bearer (.+)$/i, 'Token token="$1"');
    }),
  },
  {
    name: 'a query names the customer',
    check: 'query_independence',
    alter: receiving((request) => {
      const name = /[?&]customer=([^&]+)/.exec(request.url ?? '')?.[1];
      if (name !== undefined) request.url = `/v2/customers/${name}`;
    }),
  },
  {
    name: 'POST is taken for GET',
    check: 'unsupported_method',
    alter: receiving((request) => {
      if (request.method === 'POST') request.method = 'GET';
    }),
  },
  {
    name: 'identifiers are compared in lower case',
    check: 'exact_match',
    ask: identifier((text) => text.toLowerCase()),
  },
  { name: 'identifiers are trimmed', check: 'exact_match', ask: identifier((text) => text.trim()) },
  { name: 'identifiers are decoded twice', check: 'exact_match', ask: identifier(decodeAgain) },
  {
    name: 'a plus sign is taken for a space',
    check: 'exact_match',
    ask: identifier((text) => text.replaceAll('+', ' ')),
  },
  {
    name: 'identifiers are read as numbers',
    check: 'exact_match',
    ask: (values) =>
      'number' in values ? { ...values, number: Number.parseInt(String(values.identifier), 10) || null } : values,
  },
  {
    name: 'identifiers are cut off at 255 characters',
    check: 'same_customer',
    ask: identifier((text) => text.slice(0, 255)),
  },
];

/** A database that is asked something else. */
export function withChangedValues(database: Database, change: Fault['ask']): Database {
  if (!change) return database;
  return {
    ...database,
    prepare(query) {
      const run = database.prepare(query);
      return (values) => run(change(values)) as never;
    },
  };
}
