import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIPv4 } from 'node:net';
import type { Controller } from '../engine/control.ts';
import { RequestBodyError } from '../engine/request-body-error.ts';
import { formatFault, ScenarioError } from '../engine/scenario-faults.ts';
import { readBody } from './body.ts';

/** Handles a request to the control API. */
export type ControlListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface ControlResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, which is sent as JSON. */
  readonly body?: unknown;
  /** The messages that are sent instead of a body. */
  readonly errors?: readonly string[];
}

interface Endpoint {
  readonly method: 'GET' | 'POST';
  respond(request: IncomingMessage, query: URLSearchParams): ControlResponse | Promise<ControlResponse>;
}

const PREFIX = '/__mock';
const CONTROL_TARGET = new RegExp(`^${PREFIX}(?:[/?]|$)`);

/** Returns whether a request is for the control API. */
export function isControlRequest({ url = '' }: IncomingMessage): boolean {
  return CONTROL_TARGET.test(url);
}

/**
 * Creates the control API, which does for programs in other languages what `use`, `reset` and `requests` do.
 *
 * Only programs on this machine may call it: a web page that a developer visits must not read what was received. So its
 * responses have no CORS headers, and it answers no preflight.
 *
 * @param controller - The control of the mock; undefined if the control API is off.
 */
export function createControlListener(controller: Controller | undefined): ControlListener {
  const endpoints = controller ? createEndpoints(controller) : new Map<string, Endpoint>();
  return async (request, response) => {
    const { status, headers, errors, body } = await respond(request, endpoints);
    // A message may quote the request.
    const value = errors ? { errors: errors.map((message) => controller?.state.redact(message) ?? message) } : body;
    const payload = value === undefined ? '' : `${JSON.stringify(value)}\n`;
    const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(payload) };
    const type = value === undefined ? {} : { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' };
    response.writeHead(status, { ...type, ...length, ...headers }).end(payload);
  };
}

function createEndpoints(controller: Controller): Map<string, Endpoint> {
  return new Map<string, Endpoint>([
    [
      `${PREFIX}/scenarios`,
      {
        method: 'POST',
        async respond(request) {
          // Browsers send this type to another origin only after a preflight.
          if (!/^application\/json *(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
            return createErrorResponse(415, 'Send the header Content-Type: application/json, as curl --json does.');
          }
          const value = parseBody((await readBody(request)) ?? '');
          controller.useAll(Array.isArray(value) ? value : [value]);
          return { status: 204 };
        },
      },
    ],
    [
      `${PREFIX}/requests`,
      { method: 'GET', respond: (_, query) => ({ status: 200, body: controller.requests(parseFilter(query)) }) },
    ],
    [
      `${PREFIX}/reset`,
      {
        method: 'POST',
        respond() {
          controller.reset();
          return { status: 204 };
        },
      },
    ],
  ]);
}

async function respond(request: IncomingMessage, endpoints: ReadonlyMap<string, Endpoint>): Promise<ControlResponse> {
  if (endpoints.size === 0) return createErrorResponse(404, 'The control API is off.');
  const reason = findForbiddenReason(request);
  if (reason !== undefined) return createErrorResponse(403, reason);
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const endpoint = endpoints.get(pathname);
  if (!endpoint) {
    return createErrorResponse(404, `Unknown path. The control API has ${[...endpoints.keys()].join(', ')}.`);
  }
  const { method } = endpoint;
  if (request.method !== method && !(request.method === 'HEAD' && method === 'GET')) {
    const response = createErrorResponse(405, `${request.method} is not allowed here. Use ${method}.`);
    return { ...response, headers: { Allow: method === 'GET' ? 'GET, HEAD' : method } };
  }
  try {
    return await endpoint.respond(request, searchParams);
  } catch (error) {
    if (error instanceof RequestBodyError) {
      return { ...createErrorResponse(error.status, error.message), headers: error.headers };
    }
    if (error instanceof ScenarioError) return { status: 400, errors: error.faults.map(formatFault) };
    return createErrorResponse(400, error instanceof Error ? error.message : String(error));
  }
}

/** Returns why a request may not use the control API, or undefined if it may. */
function findForbiddenReason({ socket, headers }: IncomingMessage): string | undefined {
  if (!isLoopbackAddress(socket.remoteAddress ?? '')) {
    return 'Only programs on the machine of the mock can use the control API. Elsewhere, start it with --scenarios.';
  }
  // A proxy or a tunnel on this machine passes requests of other machines on.
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) {
    return 'The control API cannot be used through a proxy.';
  }
  const { host = '', origin } = headers;
  // A page whose own domain resolves to 127.0.0.1 would otherwise pass.
  if (!isLoopbackHost(host)) return 'The Host header must be localhost, 127.0.0.1 or [::1], with the port.';
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase()) {
    return 'Web pages cannot use the control API.';
  }
  return undefined;
}

/** Returns whether an IP address is 127.0.0.0/8 or ::1. IPv6 sockets write IPv4 addresses as `::ffff:127.0.0.1`. */
function isLoopbackAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || isLoopbackAddress(name.replace(/^\[(.*)\]$/, '$1'));
}

function createErrorResponse(status: number, message: string): ControlResponse {
  return { status, errors: [message] };
}

/** Returns the filter of `GET /__mock/requests`. */
function parseFilter(query: URLSearchParams): { operation?: string; status?: number } {
  for (const name of query.keys()) {
    if (!['operation', 'status'].includes(name)) {
      throw new Error(`The query parameter ${name} is unknown. Valid parameters: operation, status.`);
    }
    if (query.getAll(name).length > 1) throw new Error(`The query parameter ${name} is given more than once.`);
  }
  const operation = query.get('operation');
  const status = query.get('status');
  if (status !== null && !/^[1-5]\d\d$/.test(status)) throw new Error('status must have three digits, such as 429.');
  return { ...(operation !== null && { operation }), ...(status !== null && { status: Number(status) }) };
}

/** @throws Error that names the place, but not the text there, which may be a part of the API key. */
function parseBody(text: string): unknown {
  try {
    // Some editors write a byte order mark.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const [place] = /line \d+ column \d+/.exec(String(error)) ?? [];
    throw new Error(`The body is not valid JSON${place === undefined ? '' : `: ${place}`}.`);
  }
}
