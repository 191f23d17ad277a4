import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listen } from '@firstofficer/common/listen';
import {
  type Access,
  authenticate,
  checkExpandPermissions,
  checkPermission,
  type KeyAccess,
  readKey,
} from './access.ts';
import { formatError, resourceMissing, StripeResponseError } from './errors.ts';
import { getEventType } from './events.ts';
import { type Fault, type FaultSelection, Faults } from './faults.ts';
import { listEntries, listNested, type Page } from './list.ts';
import type { StripeObject } from './objects.ts';
import { checkExpandDepth, readExpand, readListParameters } from './parameters.ts';
import { RateLimit, type RateLimits } from './rate-limit.ts';
import { Renderer, readListPaths } from './render.ts';
import { findResource, RESOURCES, type Resource } from './resources.ts';
import { type Entry, Store } from './store.ts';

/**
 * Options of {@link createStripeServer}.
 *
 * @example
 * const options: StripeServerOptions = { now: 1_790_000_000, keys: { rk_test_key: { missing: ['rak_event_read'] } } };
 */
export interface StripeServerOptions {
  /** The time of the server in seconds, which changes only by `advance`. Default: the time of the machine. */
  readonly now?: number;
  /** The valid keys. Default: all that begin with `rk_test_`, `sk_test_`, `rk_live_` or `sk_live_`. */
  readonly keys?: Readonly<Record<string, KeyAccess>>;
  /** IDs of objects that no list contains, such as inline prices. */
  readonly unlisted?: readonly string[];
  /** Whether a key also reads the objects of the other mode. Stripe never does this. Default: false. */
  readonly mixesModes?: boolean;
  /** The requests that the server accepts per second, in all and per endpoint. Default: no limit. */
  readonly rate?: RateLimits;
  /** The `api_version` of events. Default: `2020-08-27`, because many accounts have an old version. */
  readonly eventVersion?: string;
  /** The port. Default: a free port. */
  readonly port?: number;
}

/**
 * A request that the server received.
 *
 * @example
 * const [first] = server.requests;
 * console.log(first?.path, first?.params['created[gte]'], first?.status);
 */
export interface StripeRequest {
  readonly path: string;
  /** The parameters by their names, such as `expand[]`. Several values are joined by a comma. */
  readonly params: Readonly<Record<string, string>>;
  readonly key: string | undefined;
  /** The header `Stripe-Version`. */
  readonly version: string | undefined;
  /** The status of the response. 0 if the connection was closed without a response. */
  status: number;
}

/**
 * Options of {@link StripeServer.put}.
 *
 * @example
 * server.put(invoice, { event: 'invoice.voided' });
 */
export interface PutOptions {
  /** The type of the event about the change, or false for none. Default: what Stripe sends for this change. */
  readonly event?: string | false;
  /** Whether lists contain a new object. Default: true. */
  readonly isListed?: boolean;
}

/**
 * An event that a test adds.
 *
 * @example
 * server.addEvent({ type: 'invoice.updated', object: invoice, created: server.now - 300 });
 */
export interface EventInput {
  readonly type: string;
  /** The object as it was when the event occurred. */
  readonly object: StripeObject;
  /** When the event occurred, in seconds. Default: now. */
  readonly created?: number;
  /** Default: the next free ID. */
  readonly id?: string;
}

/**
 * A server of Stripe objects.
 *
 * @example
 * await using server: StripeServer = await createStripeServer([customer]);
 */
export interface StripeServer extends Listening {
  /** The time of the server, in seconds. Responses have it in the header `Date`. */
  readonly now: number;
  /** All requests since the start or since `clearRequests`. */
  readonly requests: readonly StripeRequest[];
  /** Adds or replaces an object, and adds the event that Stripe creates for this change. */
  put(object: StripeObject, options?: PutOptions): void;
  /** Deletes an object, and adds the event. A deleted customer remains as `{ id, object, deleted: true }`. */
  delete(id: string, options?: Pick<PutOptions, 'event'>): void;
  /** Adds an event without a change, such as a duplicate or one that appears late. Returns the event. */
  addEvent(input: EventInput): StripeObject;
  /** Returns an object as it is stored, without expanded members. Throws if there is none. */
  get(id: string): StripeObject;
  /** Moves the time forward. */
  advance(seconds: number): void;
  /** Gives one or more of the next requests a fault. */
  fail(fault: Fault, selection?: FaultSelection): void;
  /** Removes all faults. */
  clearFaults(): void;
  /** Calls a function for each request before it is answered, for example to change objects between two pages. */
  onRequest(listener: ((request: StripeRequest) => void) | undefined): void;
  clearRequests(): void;
}

const EVENT_RETENTION_S = 30 * 24 * 60 * 60;

/**
 * Starts a server of Stripe objects on the loopback interface: lists with all their parameters, objects by ID, lines,
 * events of changes, permissions and faults.
 *
 * Objects may have expanded members, which the server stores separately, as Stripe does.
 *
 * @example
 * const server = await createStripeServer([{ id: 'cus_1', object: 'customer', created: 1_790_000_000, livemode: false }]);
 * const response = await fetch(`${server.url}/v1/customers`, { headers: { Authorization: 'Bearer rk_test_key' } });
 * console.log(await response.json());
 * await server.close();
 */
export async function createStripeServer(
  objects: Iterable<StripeObject> = [],
  options: StripeServerOptions = {},
): Promise<StripeServer> {
  const state = new ServerState(objects, options);
  const server = createServer((request, response) => {
    state.handle(request, response).catch((error: unknown) => {
      // A fault of the server itself is the fault of a test.
      response.writeHead(500).end(JSON.stringify({ error: { type: 'api_error', message: String(error) } }));
    });
  });
  server.keepAliveTimeout = 60_000;
  const listening = await listen(server, { ...(options.port !== undefined && { port: options.port }) });
  return {
    ...listening,
    get now() {
      return state.now;
    },
    get requests() {
      return state.requests;
    },
    put: (object, putOptions = {}) => state.put(object, putOptions),
    delete: (id, deleteOptions = {}) => state.delete(id, deleteOptions),
    addEvent: (input) => state.addEvent(input),
    get: (id) => state.get(id),
    advance: (seconds) => state.advance(seconds),
    fail: (fault, selection = {}) => state.faults.add(fault, selection),
    clearFaults: () => state.faults.clear(),
    onRequest: (listener) => {
      state.listener = listener;
    },
    clearRequests: () => {
      state.requests = [];
    },
  };
}

class ServerState {
  readonly faults = new Faults();
  requests: StripeRequest[] = [];
  listener: ((request: StripeRequest) => void) | undefined;
  readonly #options: StripeServerOptions;
  readonly #store = new Store();
  readonly #renderer = new Renderer(this.#store);
  readonly #limit: RateLimit;
  #advanced = 0;
  #events = 0;
  #requestIds = 0;

  constructor(objects: Iterable<StripeObject>, options: StripeServerOptions) {
    this.#options = options;
    this.#limit = new RateLimit(options.rate);
    this.#store.addAll(objects, { created: this.now, unlisted: new Set(options.unlisted) });
  }

  get now(): number {
    return (this.#options.now ?? Math.floor(Date.now() / 1000)) + this.#advanced;
  }

  advance(seconds: number): void {
    this.#advanced += seconds;
  }

  put(object: StripeObject, { event, isListed = true }: PutOptions): void {
    const { entry, isNew } = this.#store.put(object, { created: this.now, isListed });
    const type = event ?? getEventType(entry.object, isNew ? 'created' : 'updated');
    if (type !== undefined && type !== false) this.addEvent({ type, object: entry.object });
  }

  delete(id: string, { event }: Pick<PutOptions, 'event'>): void {
    const entry = this.#store.delete(id);
    if (!entry) throw new Error(`there is no object with the ID ${id}`);
    const type = event ?? getEventType(entry.object, 'deleted');
    if (type !== undefined && type !== false) this.addEvent({ type, object: entry.object });
  }

  addEvent({ type, object, created = this.now, id = `evt_${++this.#events}` }: EventInput): StripeObject {
    const livemode = object.livemode ?? false;
    const entry = this.#store.find(object.id);
    // The event contains as many lines as the object does.
    const snapshot = entry && !entry.isDeleted ? this.#renderer.build({ ...entry, object }, []) : object;
    const api_version = this.#options.eventVersion ?? '2020-08-27';
    const event = { id, object: 'event', api_version, created, data: { object: snapshot }, livemode, type };
    this.#store.put(event, { created, isListed: true });
    return event;
  }

  get(id: string): StripeObject {
    const entry = this.#store.find(id);
    if (entry && !entry.isDeleted) return entry.object;
    throw new Error(`there is no object with the ID ${id}`);
  }

  async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', 'http://127.0.0.1');
    const request = readRequest(message, url);
    this.requests.push(request);
    this.listener?.(request);
    const fault = this.faults.take(url.pathname);
    if (fault && 'wait' in fault) await fault.wait;
    if (fault && 'cut' in fault && fault.cut === 'before') {
      response.destroy();
      return;
    }
    const { status, body, headers = {} } = this.#respond(url, { request, method: message.method, fault });
    request.status = status;
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      Date: new Date(this.now * 1000).toUTCString(),
      'Request-Id': `req_${++this.#requestIds}`,
      ...(request.version !== undefined && { 'Stripe-Version': request.version }),
      ...headers,
    });
    if (!fault || !('cut' in fault || 'stall' in fault)) {
      response.end(body);
      return;
    }
    response.write(body.subarray(0, body.length >> 1), () => {
      if ('cut' in fault) response.destroy();
    });
  }

  #respond(
    url: URL,
    { request, method, fault }: { request: StripeRequest; method: string | undefined; fault: Fault | undefined },
  ): { status: number; body: Buffer; headers?: Record<string, string> } {
    try {
      if (fault && 'status' in fault) return createFaultResponse(fault);
      if (fault && 'body' in fault)
        return { status: 200, body: Buffer.from(fault.body), headers: { 'Content-Type': 'text/html' } };
      const access = authenticate(request.key, this.#options.keys);
      const limited = this.#limit.count(url.pathname);
      if (limited) return createFaultResponse({ status: 429, reason: limited });
      if (method !== 'GET') throw new StripeResponseError(405, `Unsupported method: ${method}`);
      return { status: 200, body: this.#route(url, { ...access, repeat: fault !== undefined && 'repeat' in fault }) };
    } catch (error) {
      if (!(error instanceof StripeResponseError)) throw error;
      return { status: error.status, body: Buffer.from(formatError(error)) };
    }
  }

  #route(url: URL, access: Access & { readonly repeat: boolean }): Buffer {
    const [, version, path, id, nested, ...rest] = url.pathname.split('/').map(decodeURIComponent);
    const resource = RESOURCES.find((candidate) => candidate.path === `/${version}/${path}`);
    if (url.pathname === '/v1/subscription_items') return this.#listItems(url, access);
    if (!resource || rest.length > 0) throw unrecognized(url);
    checkPermission(resource, access);
    if (id === undefined) return this.#list(url, { resource, access });
    if (nested === undefined) return this.#find(url, { resource, access, id });
    if (resource.nested?.[nested] === undefined || resource.expandable.includes(nested)) throw unrecognized(url);
    const entry = this.#findVisible(resource, { id, access });
    return this.#listMembers(url, { object: entry.object, member: nested });
  }

  #list(url: URL, { resource, access }: { resource: Resource; access: Access & { readonly repeat: boolean } }): Buffer {
    const params = readListParameters(url.searchParams, resource);
    checkExpandDepth(params.expand);
    const paths = readListPaths(params.expand);
    checkExpandPermissions(resource, { paths, access });
    const page = listEntries(this.#store, resource, { params, isVisible: (entry) => this.#isVisible(entry, access) });
    const items = page.items.map((entry) => this.#renderer.render(entry, paths));
    return formatList(url, { items: access.repeat ? [...items, ...items] : items, hasMore: page.hasMore });
  }

  #find(url: URL, { resource, access, id }: { resource: Resource; access: Access; id: string }): Buffer {
    const paths = readExpand(url.searchParams);
    checkExpandDepth(paths);
    checkExpandPermissions(resource, { paths, access });
    return this.#renderer.render(this.#findVisible(resource, { id, access }), paths);
  }

  #findVisible(resource: Resource, { id, access }: { id: string; access: Access }): Entry {
    const entry = this.#store.find(id);
    const isFound = entry?.type === resource.type && this.#isVisible(entry, access);
    if (isFound && (!entry.isDeleted || resource.type === 'customer')) return entry;
    throw resourceMissing(404, resource.type, { id, param: 'id' });
  }

  #listMembers(url: URL, { object, member }: { object: StripeObject; member: string }): Buffer {
    const params = readListParameters(url.searchParams, { filters: {}, type: 'line_item' });
    const page = listNested(this.#store.listNested(object, member), params, 'line_item');
    return formatList(url, {
      items: page.items.map((item) => Buffer.from(JSON.stringify(item))),
      hasMore: page.hasMore,
    });
  }

  #listItems(url: URL, access: Access): Buffer {
    const query = new URLSearchParams(url.searchParams);
    const id = query.get('subscription') ?? '';
    query.delete('subscription');
    const resource = findResource('subscription');
    if (!resource) throw unrecognized(url);
    checkPermission(resource, access);
    const { object } = this.#findVisible(resource, { id, access });
    return this.#listMembers(new URL(`${url.pathname}?${query}`, url), { object, member: 'items' });
  }

  #isVisible({ type, created, object }: Entry, access: Access): boolean {
    if (type === 'event' && created < this.now - EVENT_RETENTION_S) return false;
    return this.#options.mixesModes === true || object.livemode !== !access.livemode;
  }
}

function readRequest({ headers }: IncomingMessage, url: URL): StripeRequest {
  const params: Record<string, string> = {};
  for (const [name, value] of url.searchParams) params[name] = name in params ? `${params[name]},${value}` : value;
  const version = headers['stripe-version'];
  return {
    path: url.pathname,
    params,
    key: readKey(headers.authorization),
    version: Array.isArray(version) ? version[0] : version,
    status: 0,
  };
}

function unrecognized({ pathname }: URL): StripeResponseError {
  return new StripeResponseError(404, `Unrecognized request URL (GET: ${pathname}).`);
}

const COMMA = Buffer.from(',');

function formatList({ pathname }: URL, { items, hasMore }: Page<Buffer>): Buffer {
  const separated = items.flatMap((item, index) => (index === 0 ? [item] : [COMMA, item]));
  const end = `],"has_more":${hasMore},"url":${JSON.stringify(pathname)}}`;
  return Buffer.concat([Buffer.from('{"object":"list","data":['), ...separated, Buffer.from(end)]);
}

function createFaultResponse(fault: Extract<Fault, { status: number }>) {
  const { status, reason, retryAfter, shouldRetry } = fault;
  const message = status === 429 ? 'Request rate limit exceeded.' : 'An unknown error occurred.';
  const details = status === 429 ? { code: 'rate_limit' } : {};
  const headers: Record<string, string> = {
    ...(reason && { 'Stripe-Rate-Limited-Reason': reason }),
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    ...(shouldRetry !== undefined && { 'Stripe-Should-Retry': String(shouldRetry) }),
  };
  return { status, body: Buffer.from(formatError(new StripeResponseError(status, message, details))), headers };
}
