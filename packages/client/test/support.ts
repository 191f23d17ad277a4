import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenInTest } from '@firstofficer/common/testing';
import { loadDescription } from '@firstofficer/openapi';
import { expect, onTestFinished } from 'vitest';
import { type Api, type CallOptions, FirstOfficerError } from '../src/index.ts';

/** The operations of FirstOfficer's description. */
export const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));

/** Starts a server on loopback and closes it when the test is finished. Returns its URL. */
export async function startServer(listener: RequestListener, server: Server = createServer()): Promise<string> {
  const { url } = await listenInTest({ onTestFinished }, server.on('request', listener));
  return url;
}

/** The documented errors of the API, as JSON. */
export const API_ERRORS: Readonly<Record<number, string>> = {
  400: '{"error":{"type":"invalid_request_error","message":"No.","param":"customer"}}',
  401: '{"error":{"type":"invalid_request_error","message":"Invalid API Key provided."}}',
  404: '{"error":{"type":"invalid_request_error","message":"No such customer.","param":"customer"}}',
  503: '{"error":{"type":"api_error","message":"Not now."}}',
};

/** A request as the server received it. */
interface ReceivedRequest {
  readonly method: string;
  /** The path and query, still percent-encoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Starts a server that records all requests, and answers each with a customer and the status. */
export async function startRecorder(status = 200) {
  const requests: ReceivedRequest[] = [];
  const baseUrl = await startServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: await text(request) });
    response.writeHead(status, { 'Retry-After': '0' }).end('{"object":"customer"}');
  });
  return { baseUrl, requests };
}

/** Retrieves a customer through `api`, by method and path. */
export function getCustomer({ GET }: Api, customer: string, options?: CallOptions) {
  return GET('/v2/customers/{customer}', { params: { path: { customer } }, ...options });
}

/** Returns the error that a call rejects with. */
export async function catchError(call: Promise<unknown>): Promise<FirstOfficerError> {
  const error = await call.then(
    () => expect.unreachable('the call should have failed'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FirstOfficerError);
  return error as FirstOfficerError;
}
