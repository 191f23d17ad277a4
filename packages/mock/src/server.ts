import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { loadDescription } from '@firstofficer/openapi';
import { type Answer, problem } from './answer.ts';
import { CORS_HEADERS, isPreflight, preflightHeaders } from './cors.ts';
import { allowedMethods, createHandler } from './handler.ts';
import { keepAnswers } from './kept-answers.ts';
import { createPrism } from './prism.ts';
import { BodyTooLargeError, readBody, UnreadableBodyError } from './request-body.ts';
import { DEFAULT_TOKEN, isKey, KEY_FORM } from './token.ts';
import { answerUnparsable } from './unparsable.ts';
import { rememberVerdicts } from './verdicts.ts';

/**
 * How a mock is set up.
 *
 * @example
 * const options: MockOptions = { port: 4010, token: 'sesame' };
 */
export interface MockOptions {
  /** The port to listen on; 0 takes a free one. Default: 0. */
  readonly port?: number;
  /** The address to listen on. Default: `127.0.0.1`, which no other machine can reach. */
  readonly host?: string;
  /** The only API key that is accepted. Default: {@link DEFAULT_TOKEN}. */
  readonly token?: string;
  /** Path of the OpenAPI description to serve. Default: FirstOfficer's own. */
  readonly spec?: string;
}

/**
 * A running mock.
 *
 * @example
 * const { url, close }: Mock = await startMock();
 */
export interface Mock {
  /** Where it listens, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops it: no new requests, those under way are answered. */
  close(): Promise<void>;
}

// Room for an identifier far beyond what the description allows, so that it gets the documented 400 and no bare 431.
const MAX_HEADER_BYTES = 256 * 1024;
// How long a stopping mock waits for requests under way.
const GRACE_MS = 1000;

/**
 * Starts a mock of the API on this machine. It answers from the examples of the OpenAPI description.
 *
 * @throws Error with the `code` of the system (`EADDRINUSE`, `EACCES`) if it cannot listen, or a plain one if the
 * description cannot be read or the key cannot be one.
 * @example
 * const mock = await startMock();
 * await fetch(`${mock.url}/v2/customers/cus_1234ABCD`, { headers: { Authorization: `Token token="${DEFAULT_TOKEN}"` } });
 * await mock.close();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const token = options.token ?? DEFAULT_TOKEN;
  if (!isKey(token)) throw new Error(`token must be ${KEY_FORM}.`);
  const spec = options.spec ?? fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
  const description = await loadDescription(spec);
  const { respond, isFaultless } = await createPrism(description);
  const answers = keepAnswers({ respond, isFaultless: rememberVerdicts(isFaultless) });
  const handle = createHandler(description, answers, token);

  const handler = async (request: IncomingMessage, response: ServerResponse) => {
    if (isPreflight(request)) response.writeHead(204, preflightHeaders(request)).end();
    else send(response, await answer(request, handle));
  };
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, requireHostHeader: false }, handler);
  // The API knows no expectations: such a request is a request like any other.
  server.on('checkExpectation', handler);
  answerUnparsable(server, allowedMethods(description.operations));
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  return { url: urlOf(server), close: () => stop(server) };
}

async function answer(request: IncomingMessage, handle: ReturnType<typeof createHandler>): Promise<Answer> {
  const { method = 'GET', url = '/' } = request;
  try {
    return await handle({ method, target: url, headers: singleValues(request), body: () => readBody(request) });
  } catch (error) {
    if (error instanceof BodyTooLargeError) return problem(413, error.message, { Connection: 'close' });
    if (error instanceof UnreadableBodyError) return problem(400, error.message);
    return problem(500, `The mock failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function send(response: ServerResponse, { status, headers, payload }: Answer): void {
  const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(payload) };
  // Node leaves the payload out when it answers HEAD; the length stays what GET would send.
  response.writeHead(status, { ...CORS_HEADERS, ...headers, ...length }).end(payload);
}

function singleValues({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function stop(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
}
