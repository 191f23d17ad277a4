import { expect, test } from 'vitest';
import { type Answer, KEY, type ReceivedRequest, verifyDescription } from '../../verify.ts';
import { createRouter, type Handler, isInteger, json } from './router.ts';

interface Case {
  readonly description: string;
  /** Creates the server, which may have state. */
  readonly serve: () => (request: ReceivedRequest) => Answer;
}

const BEARER = 'components: { securitySchemes: { b: { type: http, scheme: bearer } } }';
const isAuthorized = ({ headers }: ReceivedRequest) => /^bearer (.*)$/i.exec(headers.authorization ?? '')?.[1] === KEY;
const UNAUTHORIZED: Answer = { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
const withKey =
  (answer: (request: ReceivedRequest) => Answer) =>
  (request: ReceivedRequest): Answer =>
    isAuthorized(request) ? answer(request) : UNAUTHORIZED;

const CASES: Readonly<Record<string, Case>> = {
  'decodes the path and validates the query before it checks the key': {
    description: `
paths:
  /things/{id}:
    get:
      security: [{ b: [] }]
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 }, example: 1 }
        - { name: limit, in: query, required: true, schema: { type: integer }, example: 5 }
      responses: { '200': &r { description: It. }, '400': *r, '401': *r, '404': *r }
${BEARER}`,
    serve: () => {
      const get = createRouter(
        {
          'GET /things/{id}': (request) => {
            if (!/^-?\d+$/.test(request.query.get('limit') ?? '')) return { status: 400 };
            if (!/^[1-9]\d*$/.test(request.values[0] ?? '')) return { status: 404 };
            return withKey(() => ({ status: request.values[0] === '1' ? 200 : 404 }))(request);
          },
        },
        400,
      );
      return get;
    },
  },
  'answers 404 instead of 401, so that nobody learns what exists': {
    description: `
paths:
  /private/{id}:
    get:
      security: [{ b: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: string }, example: a }]
      responses: { '200': &r { description: It. }, '401': *r, '404': *r }
${BEARER}`,
    serve: () =>
      createRouter({
        'GET /private/{id}': (request) => ({ status: isAuthorized(request) && request.values[0] === 'a' ? 200 : 404 }),
      }),
  },
  'answers 400 to a header Authorization that it cannot read': {
    description: `
paths: { /me: { get: { security: [{ t: [] }], responses: { '200': &r { description: Me. }, '400': *r, '401': *r } } } }
components: { securitySchemes: { t: { type: http, scheme: basic } } }`,
    serve: () =>
      createRouter({
        'GET /me': ({ headers: { authorization } }) => {
          if (authorization === undefined) return { status: 401, headers: { 'WWW-Authenticate': 'Basic' } };
          const encoded = /^basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
          const text = Buffer.from(encoded ?? '', 'base64').toString();
          if (!text.includes(':')) return { status: 400 };
          return text === `${KEY}:` ? {} : { status: 401, headers: { 'WWW-Authenticate': 'Basic' } };
        },
      }),
  },
  'forbids what belongs to others, even with the right key': {
    description: `
paths:
  /accounts/{id}:
    get: &o
      security: [{ b: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: integer }, example: 7 }]
      responses: { '200': &r { description: It. }, '401': *r, '403': *r, '404': *r }
    delete: *o
${BEARER}`,
    serve: () => {
      const forbid: Handler = (request) =>
        isAuthorized(request) ? { status: isInteger(request.values[0]) ? 403 : 404 } : UNAUTHORIZED;
      return createRouter({ 'GET /accounts/{id}': forbid, 'DELETE /accounts/{id}': forbid });
    },
  },
  'refuses Accept before it checks the key': {
    description: `
paths:
  /me:
    get:
      security: [{ b: [] }]
      responses: { '200': { description: Me., content: { application/json: {} } }, '401': &r { description: No. }, '406': *r }
${BEARER}`,
    serve: () =>
      createRouter({
        'GET /me': (request) =>
          /json|\*\/\*/.test(request.headers.accept ?? '*/*') ? withKey(() => json({}))(request) : { status: 406 },
      }),
  },
  'limits the rate and is sometimes unavailable, with Retry-After': {
    description: `
paths:
  /limited:
    get: &o { responses: { '200': { description: It., content: { application/json: {} } }, '429': &r { description: Wait. }, '503': *r } }
    post: *o`,
    serve: () => {
      let number = 0;
      const answer = (): Answer => {
        number += 1;
        if (number % 5 === 0) return { status: 429, headers: { 'Retry-After': '0' } };
        return number % 7 === 0 ? { status: 503, headers: { 'Retry-After': '0' } } : json({ number: 1 });
      };
      return createRouter({ 'GET /limited': answer, 'POST /limited': answer });
    },
  },
  'limits the rate without saying so in the description': {
    description: "paths: { /limited: { get: { responses: { '200': &r { description: It. }, '404': *r } } } }",
    serve: () => {
      let number = 0;
      return createRouter({
        'GET /limited': () => {
          number += 1;
          return number % 4 === 0 ? { status: 429, headers: { 'Retry-After': '0' } } : {};
        },
      });
    },
  },
  'documents that a dependency may be down': {
    description: `
paths: { /health: { get: { responses: { '200': &r { description: Up., content: { application/json: {} } }, '503': *r } } } }`,
    serve: () => createRouter({ 'GET /health': () => ({ ...json({ database: 'down' }), status: 503 }) }),
  },
  'has integers of any size': {
    description: `
paths:
  /big: { get: { responses: { '200': { description: It., content: { application/json: { schema:
    { type: object, properties: { id: { type: integer }, float: { type: integer } } } } } } } } }`,
    serve: () =>
      createRouter({
        'GET /big': () => ({ ...json(0), body: '{ "id": 123456789012345678901234567890, "float": 2.0 }' }),
      }),
  },
  'has decimal multiples': {
    description: `
paths:
  /price: { get: { responses: { '200': { description: It., content: { application/json: { schema:
    { type: array, items: { type: number, multipleOf: 0.01 } } } } } } } }`,
    serve: () => createRouter({ 'GET /price': () => json([19.99, 0.07, 4.35, 1_234_567.89]) }),
  },
  'has a union whose schemas overlap, with a discriminator': {
    description: `
paths:
  /pets: { get: { responses: { '200': { description: It., content: { application/json: { schema: { type: array, items:
    { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } } } } } } } } }
components:
  schemas:
    Cat: { type: object, required: [kind], properties: { kind: { type: string }, lives: { type: integer } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string }, barks: { type: boolean } } }`,
    serve: () => createRouter({ 'GET /pets': () => json([{ kind: 'Cat', lives: 9 }, { kind: 'Dog' }]) }),
  },
  'has a password that only requests have, required by another part of the schema': {
    description: `
paths:
  /users:
    get: { responses: { '200': { description: It., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/User' } } } } } } }
components:
  schemas:
    Secret: { type: string, writeOnly: true }
    User: { allOf: [{ properties: { name: {}, password: { $ref: '#/components/schemas/Secret' } } }, { required: [name, password] }] }`,
    serve: () => createRouter({ 'GET /users': () => json([{ name: 'a' }]) }),
  },
  'sends headers in every form': {
    description: `
paths:
  /headers:
    get:
      responses:
        '200':
          description: It.
          headers:
            X-Exploded: { explode: true, schema: { type: object, properties: { a: { type: integer }, b: { type: boolean } } } }
            X-Pairs: { schema: { $ref: '#/components/schemas/Pairs' } }
            X-Json: { content: { application/json: { schema: { type: object, required: [a] } } } }
            X-Text: { schema: { type: [string, integer], maxLength: 9 } }
            X-Optional: { schema: { type: [integer, 'null'] } }
            X-Empty: { schema: { type: array, items: { type: integer } } }
            X-Numbers: { schema: { anyOf: [{ type: array, items: { type: number } }, { type: boolean }] } }
            Set-Cookie: { schema: { type: string, pattern: '^[a-z]+=[^,]*$' } }
            Link: { schema: { type: string } }
            X-When: { schema: { type: string, format: date-time } }
components: { schemas: { Pairs: { type: object, required: [a], additionalProperties: false, properties: { a: { type: integer } } } } }`,
    serve: () =>
      createRouter({
        'GET /headers': () => ({
          headers: {
            'X-Exploded': 'a=1,b=true',
            'X-Pairs': 'a, 1',
            'X-Json': '{"a":[1,2]}',
            'X-Text': '1,2',
            'X-Optional': '',
            'X-Empty': '',
            'X-Numbers': '1.5,2',
            'Set-Cookie': ['a=1; Path=/', 'b=2'],
            Link: '<https://a.example/?a,b>; rel="next", <https://b.example>; rel="prev"',
            'X-When': '2026-01-01T00:00:00Z',
          },
        }),
      }),
  },
  'has other methods at a concrete path than at the path with a parameter': {
    description: `
paths:
  /users/me: { get: { responses: { '200': &r { description: Me. } } } }
  /users/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string }, example: u1 }]
    get: { responses: { '200': *r, '404': *r } }
    delete: { responses: { '204': *r, '404': *r } }`,
    serve: () =>
      createRouter({
        'GET /users/me': () => ({}),
        'GET /users/{id}': ({ values: [id] }) => ({ status: id === 'u1' ? 200 : 404 }),
        'DELETE /users/{id}': ({ values: [id] }) => ({ status: id === 'u1' ? 204 : 404 }),
      }),
  },
  'answers 404 to every method of a missing resource': {
    description: `
paths:
  /users/{name}:
    get:
      parameters: [{ name: name, in: path, required: true, schema: { type: string }, example: ann }]
      responses: { '200': &r { description: It. }, '404': *r }`,
    serve: () => (request) =>
      request.url.pathname === '/users/ann'
        ? createRouter({ 'GET /users/{name}': () => ({}) })(request)
        : createRouter({ 'GET /users/{name}': ({ values: [name] }) => ({ status: name === 'ann' ? 200 : 404 }) })({
            ...request,
            method: 'GET',
          }),
  },
  'matches the path with a pattern before it decodes it': {
    description: `
paths:
  /things/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 }, example: 12 }]
      responses: { '200': &r { description: It. }, '404': *r }`,
    serve: () => (request) => {
      const isThing = /^\/things\/[1-9]\d*$/.test(request.url.pathname);
      if (!isThing) return { status: 404 };
      if (!['GET', 'HEAD'].includes(request.method)) return { status: 405, headers: { Allow: 'GET, HEAD' } };
      return { status: request.url.pathname === '/things/12' ? 200 : 404 };
    },
  },
  'shows a page to browsers': {
    description: `
paths: { /things: { get: { responses: { '200': { description: It., content: { application/json: {} } } } } } }`,
    serve: () =>
      createRouter({
        'GET /things': ({ headers: { accept = '' } }) =>
          accept.includes('text/html')
            ? { headers: { 'Content-Type': 'text/html; charset=utf-8', Vary: 'Accept' }, body: '<p>Things</p>' }
            : json([], { Vary: 'Accept' }),
      }),
  },
  'refuses unusual requests with statuses of HTTP': {
    description:
      "paths: { /strict: { get: { responses: { '200': &r { description: It., content: { application/json: {} } }, '404': *r } } } }",
    serve: () =>
      createRouter({
        'GET /strict': ({ headers, url }) => {
          if (!/json|\*/.test(headers.accept ?? '*/*')) return { status: 406 };
          if (headers['content-type'] !== undefined) return { status: 415 };
          return url.href.length > 1000 ? { status: 414 } : json({});
        },
      }),
  },
  'has several machines that take turns': {
    description: `
paths: { /shared: { get: { security: [{ b: [] }], responses: { '200': { description: It., content: { application/json: {} } }, '401': { description: No. } } } } }
components: { securitySchemes: { b: { type: http, scheme: basic } } }`,
    serve: () => {
      let number = 0;
      return createRouter({
        'GET /shared': ({ headers }) => {
          number += 1;
          const isRight = headers.authorization?.replace(/^basic/i, '') === ` ${btoa(`${KEY}:`)}`;
          return isRight
            ? json({ machine: number % 2 === 0 ? 'one' : 'fourteen' })
            : { status: 401, headers: { 'WWW-Authenticate': 'Basic' } };
        },
      });
    },
  },
  'returns data about machines, programs and keys': {
    description: `
paths:
  /things:
    get: { security: [{ b: [] }], responses: { '200': { description: It., content: { application/json: {} } }, '401': { description: No. } } }
${BEARER}`,
    serve: () =>
      createRouter({
        'GET /things': withKey(() =>
          json({
            address: '10.0.0.1:8080',
            query: 'SELECT id FROM t WHERE id = 1',
            log: 'Error: no\n    at main (/app/index.js:1:2)',
            key: KEY,
          }),
        ),
      }),
  },
  'does not have the resources of the examples': {
    description: `
paths:
  /things/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer }, examples: { one: { value: 1 }, missing: { value: 999 } } }]
      responses:
        '200': { description: It., content: { application/json: { examples: { one: { value: { id: 1, name: a } } } } } }
        '404': { description: None., content: { application/json: { examples: { missing: { value: { message: none } } } } } }`,
    serve: () =>
      createRouter({
        'GET /things/{id}': ({ values: [id] }) => {
          if (id === '999') return json({ id: 999 });
          return { ...json({ message: 'none' }), status: 404 };
        },
      }),
  },
  'counts its reads, in a member that is not documented': {
    description: `
paths: { /reads: { get: { responses: { '200': { description: It., content: { application/json: { schema: { properties: { name: {} } } } } } } } } }`,
    serve: () => {
      let reads = 7;
      return createRouter({
        'GET /reads': () => {
          reads += 1;
          const body = JSON.stringify({ name: 'a', reads });
          return { headers: { 'Content-Type': 'application/json', 'Content-Length': String(body.length) }, body };
        },
      });
    },
  },
  'redirects with a page, and sends problems without saying so': {
    description: `
paths:
  /old: { get: { responses: { '301': { description: Moved. } } } }
  /none: { get: { responses: { '404': { description: None. }, '200': { description: It. } } } }`,
    serve: () =>
      createRouter({
        'GET /old': () => ({
          status: 301,
          headers: { Location: '/none', 'Content-Type': 'text/html; charset=utf-8' },
          body: '<a href="/none">moved</a>',
        }),
        'GET /none': () => ({
          status: 404,
          headers: { 'Content-Type': 'application/problem+json' },
          body: '{"title":"None"}',
        }),
      }),
  },
};

test.for(Object.entries(CASES))('no error for a server that %s', async ([, { description, serve }], context) => {
  const { errors, report } = await verifyDescription(context, { description, answer: serve() });

  expect(errors).toEqual([]);
  expect(report.stopped).toBeUndefined();
});
