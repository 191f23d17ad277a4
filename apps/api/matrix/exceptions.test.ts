import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';
import { updateKey } from '../src/accounts.ts';
import { parseKeyId } from '../src/api-keys/format.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import type { Database, Values } from '../src/database/database.ts';
import { openForRequests } from '../src/database/open.ts';
import { loadApiDescription } from '../src/description.ts';
import { createHandlers } from '../src/handlers.ts';
import { seed } from '../src/seed.ts';
import type { Counters } from '../src/server/counters.ts';
import { createRequestCounters, createServer, type ServerParts } from '../src/server/create-server.ts';
import { createMetrics } from '../src/server/monitoring.ts';
import { type Context, databases } from '../test/databases.ts';
import { authorize, formatRequest, sendRaw } from '../test/running-api.ts';

/** Throws, or returns a promise that is rejected. */
type Raise = () => unknown;

const RAISES: Readonly<Record<string, Raise>> = {
  'an exception'() {
    throw new Error('broken');
  },
  'a rejection': () => new Promise((_, reject) => setImmediate(reject, new Error('broken'))),
};

type Change = (parts: ServerParts, raise: Raise) => ServerParts;

/** A function that the server calls during a request, and how to make it fail. */
interface FailurePoint {
  readonly name: string;
  readonly changeParts?: Change;
  readonly changeApp?: (app: FastifyInstance, raise: Raise) => void;
  /** Whether the server ignores a returned promise, so that only exceptions matter. */
  readonly isSynchronous?: boolean;
}

const HOOKS = 'onRequest preParsing preValidation preHandler preSerialization onSend onError onResponse'.split(' ');

const QUERIES = ['a key', 'a customer', 'readyz'] as const;

const FAILURE_POINTS: readonly FailurePoint[] = [
  ...HOOKS.flatMap((name): FailurePoint[] => [
    {
      name: `a hook ${name} with a callback`,
      isSynchronous: true,
      changeApp: (app, raise) =>
        app.addHook(name as 'onRequest', (...values: unknown[]) => {
          raise();
          (values.at(-1) as () => void)();
        }),
    },
    {
      name: `an asynchronous hook ${name}`,
      changeApp: (app, raise) => app.addHook(name as 'onRequest', async (_request) => void (await raise())),
    },
  ]),
  ...QUERIES.map((query): FailurePoint => ({ name: `the query for ${query}`, changeParts: failingQuery(query) })),
  ...(['info', 'child'] as const).map(
    (name): FailurePoint => ({ name: `the logger's ${name}`, isSynchronous: true, changeParts: failingLogger(name) }),
  ),
  ...QUERIES.map(
    (query): FailurePoint => ({
      name: `the query for ${query}, and the logger's error`,
      isSynchronous: true,
      changeParts: (parts, raise) => failingQuery(query)(failingLogger('error')(parts, raise), raise),
    }),
  ),
  {
    name: 'the count of failed authentications',
    isSynchronous: true,
    changeParts: (parts, raise) => ({
      ...parts,
      metrics: { ...createMetrics(), countFailedAuthentication: () => void raise() },
    }),
  },
  ...(['failures', 'keys'] as const).map(
    (name): FailurePoint => ({
      name: `the counter of ${name}`,
      isSynchronous: true,
      changeParts: (parts, raise) => {
        const counters = createRequestCounters();
        const { add } = counters[name];
        const failing: Counters = {
          add(id) {
            raise();
            return add(id);
          },
        };
        return { ...parts, counters: { ...counters, [name]: failing } };
      },
    }),
  ),
  {
    name: 'isStopping',
    isSynchronous: true,
    changeParts: (parts, raise) => ({ ...parts, isStopping: () => Boolean(raise()) }),
  },
  {
    name: 'a handler',
    changeParts: (parts, raise) => ({
      ...parts,
      handlers: {
        async retrieveCustomer(input) {
          await raise();
          return (await parts.handlers.retrieveCustomer?.(input)) ?? { status: 404 };
        },
      },
    }),
  },
  {
    name: 'a serializer',
    isSynchronous: true,
    changeApp: (app, raise) => app.setSerializerCompiler(() => (value) => String(raise() ?? JSON.stringify(value))),
  },
  { name: 'genReqId', isSynchronous: true, changeApp: (app, raise) => app.setGenReqId(() => String(raise())) },
  ...(['rawHeaders', 'headers', 'url', 'httpVersionMajor'] as const).map(
    (property): FailurePoint => ({
      name: `the request's ${property}`,
      isSynchronous: true,
      changeApp: ({ server }, raise) =>
        void server.prependListener('request', (request) => {
          const value = request[property];
          Object.defineProperty(request, property, { get: () => raise() ?? value });
        }),
    }),
  ),
  {
    name: 'the address of the proxy',
    isSynchronous: true,
    changeParts: (parts) => ({ ...parts, trustProxy: '127.0.0.1' }),
    changeApp: ({ server }, raise) =>
      void server.prependListener('connection', (socket) => {
        Object.defineProperty(socket, 'remoteAddress', { get: () => raise() ?? '127.0.0.1' });
      }),
  },
  ...['request', 'checkExpectation', 'connect', 'clientError'].map(
    (event): FailurePoint => ({
      name: `a listener of ${event}`,
      isSynchronous: true,
      changeApp: ({ server }, raise) => void server.prependListener(event, raise),
    }),
  ),
];

/** Makes one of the prepared queries fail. The names of the parameters identify the query. */
function failingQuery(query: (typeof QUERIES)[number]): Change {
  return (parts, raise) => {
    const database: Database = {
      ...parts.database,
      prepare(prepared) {
        const run = parts.database.prepare(prepared);
        return (values) => {
          const isThis = findQuery(values) === query;
          return ((isThis ? raise() : undefined) ?? run(values)) as ReturnType<typeof run>;
        };
      },
    };
    return { ...parts, database, handlers: createHandlers(database) };
  };
}

function findQuery(values: Values): (typeof QUERIES)[number] {
  if ('id' in values) return 'a key';
  return 'account' in values ? 'a customer' : 'readyz';
}

function failingLogger(method: 'info' | 'error' | 'child'): Change {
  return (parts, raise) => ({
    ...parts,
    logger: {
      ...silent,
      [method]() {
        raise();
        return this;
      },
    },
  });
}

const ignore = () => {};
const silent: FastifyBaseLogger = {
  level: 'info',
  fatal: ignore,
  error: ignore,
  warn: ignore,
  info: ignore,
  debug: ignore,
  trace: ignore,
  silent: ignore,
  child() {
    return this;
  },
};

/** Returns requests that together reach every failure point. */
function createRequests(key: string): readonly string[] {
  const paths = ['/v2/customers/cus_1234ABCD', '/v2/customers/unknown', '/v2/customers/', '/v2/customers/%ZZ'];
  const targets = [...paths, '/unknown', '/%ZZ', 'http:///v2/customers/x', '/healthz', '/readyz'];
  const https = { 'X-Forwarded-Proto': 'https' };
  const body = { 'Content-Type': 'application/json', 'Content-Length': '2' };
  return [
    ...[authorize(key), {}, authorize('wrong')].flatMap((headers) => [
      ...targets.map((target) => formatRequest(target, headers)),
      `${formatRequest('/v2/customers/cus_1234ABCD', { ...headers, ...body }, 'POST')}{}`,
      formatRequest('/v2/customers/cus_1234ABCD', { ...headers, Expect: 'something' }),
      formatRequest('/v2/customers/cus_1234ABCD', { ...headers, 'If-None-Match': '*' }),
      formatRequest('/v2/customers/cus_1234ABCD', headers, 'CONNECT'),
      formatRequest('/v2/customers/cus_1234ABCD', { ...headers, ...https }),
      // A CONNECT that follows a request without a response yet.
      formatRequest('/v2/customers/cus_1234ABCD', { ...headers, Connection: 'keep-alive' }) +
        formatRequest('/v2/customers/cus_1234ABCD', headers, 'CONNECT'),
      // An invalid request that follows a request without a response yet.
      `${formatRequest('/v2/customers/cus_1234ABCD', { ...headers, Connection: 'keep-alive' })}NONSENSE\r\n\r\n`,
    ]),
    'NONSENSE\r\n\r\n',
    'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
    'GET / HTTP/2.0\r\n\r\n',
    'GET / HTTP/3.0\r\n\r\n',
  ];
}

// At most two responses with a request ID: a 304, or JSON. Nothing if the connection was closed.
const ANSWER =
  /^(HTTP\/1\.1 (304 |[245]\d\d [^\r]*\r\n(?=(.+\r\n)*content-type: application\/json))(.+\r\n)*x-request-id: req_(.*\r\n)+\r\n(\{.*\})?){0,2}$/i;

describe.each(databases)('on $name', (kind) => {
  test.for(Object.entries(RAISES))('%s in any function fails only its own request', async ([name, raise], context) => {
    const uncaught = collectUncaughtErrors(context);
    const location = await kind.create(context);
    const { key } = await seed(location, {});
    const database = openForRequests(location);
    context.onTestFinished(() => database.close());
    // Only requests of a key with a limit are counted.
    await updateKey(database, parseKeyId(key) ?? '', { limit_per_minute: 1_000_000 });
    const secret = await loadSecret(database, location.directory, {});
    const description = await loadApiDescription();

    for (const point of FAILURE_POINTS) {
      if (point.isSynchronous && name !== 'an exception') continue;
      let isBroken = false;
      let raised = 0;
      const raiseIfBroken = () => {
        if (!isBroken) return undefined;
        raised += 1;
        return raise();
      };
      const parts: ServerParts = {
        description,
        handlers: createHandlers(database),
        database,
        secret,
        logger: silent,
        metrics: createMetrics(),
      };
      const app = createServer(point.changeParts?.(parts, raiseIfBroken) ?? parts);
      point.changeApp?.(app, raiseIfBroken);
      const url = await app.listen({ port: 0, host: '127.0.0.1' });
      isBroken = true;
      for (const text of await Promise.all(
        createRequests(key).map(async (request) => (await sendRaw(url, request)).text),
      )) {
        expect(text, point.name).toMatch(ANSWER);
      }
      isBroken = false;

      expect(raised, point.name).toBeGreaterThan(0);
      expect(uncaught, point.name).toEqual([]);
      const { status } = await fetch(`${url}/v2/customers/cus_1234ABCD`, {
        headers: { ...authorize(key), 'X-Forwarded-Proto': 'https' },
      });
      expect(status, point.name).toBe(200);
      await app.close();
    }
  });
});

/** Collects errors that would end the process. */
function collectUncaughtErrors({ onTestFinished }: Context): readonly unknown[] {
  const errors: unknown[] = [];
  const collect = (error: unknown) => errors.push(error);
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, collect);
    onTestFinished(() => void process.off(event, collect));
  }
  return errors;
}
