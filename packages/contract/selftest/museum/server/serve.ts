import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Listening, listen } from '@firstofficer/common/listen';
import { CORRECT, createError } from './correct.ts';
import { parseParameters } from './parse-input.ts';
import { type Route, readRoutes, type Violation } from './schemas.ts';
import type { Answer, Call, Message, MuseumVariant, Request, ServerContext, Steps } from './steps.ts';
import { createStore } from './store.ts';

const CAPACITY = 10_000;

// Compiling the schemas takes longer than most tests of a server.
const ROUTES = readRoutes();

/**
 * Starts the correct server, or a variant of it, on a free loopback port.
 *
 * @example
 * const { url, close } = await startMuseum({ authorize: () => true });
 */
export function startMuseum({ edits, capacity = CAPACITY, ...steps }: MuseumVariant = {}): Promise<Listening> {
  const routes = edits ? readRoutes(edits) : ROUTES;
  const context: ServerContext = { routes, steps: { ...CORRECT, ...steps }, store: createStore(capacity) };
  let requests = 0;
  return listen(
    createServer({ maxHeaderSize: 1024 * 1024 }, async (incoming, response) => {
      requests += 1;
      const call = createCall(await readRequest(incoming, requests), context);
      const answer = await createAnswer(call, context).catch(() => createError(500));
      const message = serialize(answer, call, context.steps);
      context.steps.send(context.steps.changeMessage(message, call), response, call);
    }),
  );
}

async function readRequest(incoming: IncomingMessage, number: number): Promise<Request> {
  const { method = 'GET', url: target = '/', headers, headersDistinct } = incoming;
  // Split manually, because a URL parser would resolve dot segments and encode the path again.
  const [path = '', ...query] = target.replace(/^https?:\/\/[^/?]*/i, '').split('?');
  const bytes = await buffer(incoming);
  return { method, path, query: query.join('?'), headers, headersDistinct, bytes, number };
}

/** A call before its parameters and its body are read. */
function createCall(request: Request, { routes, store }: ServerContext): Call {
  const { operation } = findRoutes(request, routes).find((route) => isFor(route, request)) ?? {};
  return { request, store, ...(operation !== undefined && { operation }), parameters: {}, body: undefined };
}

function findRoutes({ path }: Request, routes: readonly Route[]): Route[] {
  return routes.filter(({ match }) => match(path));
}

function isFor(route: Route, { method }: Request): boolean {
  return route.method === (method === 'HEAD' ? 'GET' : method);
}

async function createAnswer(call: Call, { routes, steps }: ServerContext): Promise<Answer> {
  return steps.changeAnswer(answer(), call);

  // The key comes first, so that requests without it learn nothing about paths and exhibits.
  function answer(): Answer {
    const { request } = call;
    if (!steps.authorize(request)) {
      return { ...createError(401), headers: { 'WWW-Authenticate': 'Bearer realm="museum"' } };
    }
    const candidates = findRoutes(request, routes);
    if (candidates.length === 0) return createError(404);
    const route = candidates.find((candidate) => isFor(candidate, request));
    if (!route) return { ...createError(405), headers: { Allow: listMethods(candidates).join(', ') } };
    const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (route.body && request.bytes.length > 0 && !steps.acceptsMediaType(mediaType, route.body))
      return createError(415);
    const { call: read, violation } = readInput(call, route, steps);
    return violation ? createError(400, violation.place) : steps.handle(read, steps);
  }
}

function listMethods(routes: readonly Route[]): string[] {
  return routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

/** Reads the parameters and the body of a request, and returns the first rule that they violate. */
function readInput(call: Call, route: Route, steps: Steps): { readonly call: Call; readonly violation?: Violation } {
  const { request } = call;
  const values = parseParameters(request, route, route.match(request.path) ?? {});
  const body = route.body && steps.parseBody(request, route.body);
  const inputs = route.body ? [...values, [route.body, body] as const] : [...values];
  for (const [input, value] of inputs) {
    const violation = steps.checkInput(input, value, request);
    if (violation) return { call, violation };
  }
  const given = [...values].filter(([, value]) => value !== undefined);
  const parameters = Object.fromEntries(given.map(([{ name }, value]) => [name, value]));
  return { call: { ...call, parameters, body } };
}

function serialize({ status, headers, body }: Answer, call: Call, steps: Steps): Message {
  if (body === undefined) return { status, headers, bytes: undefined };
  const bytes = Buffer.from(steps.serialize(body, call));
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length), ...headers },
    bytes,
  };
}
