import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'vitest';
import type { Finding, RunReport } from '../src/run/report.ts';
import { type RunOptions, verifyContract } from '../src/run/run.ts';
import { localServer } from './local-server.ts';
import { temporaryFile } from './temporary-file.ts';

interface Trial extends Omit<RunOptions, 'target'> {
  readonly url: string;
  readonly token?: string;
  readonly keys?: Readonly<Record<string, string>>;
}

/** Tests a server against a description with a fixed seed. */
export function verify({ url, token, keys = {}, ...trial }: Trial): Promise<RunReport> {
  const target = { url, ...(token !== undefined && { token }), keys };
  return verifyContract({ seed: 1, generated: 10, ...trial, target });
}

/** Returns the errors in a report. */
export function errorsIn({ checks }: RunReport): Finding[] {
  return checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');
}

/** The key with which `verifyDescription` tests. */
export const KEY = 'sesame-open-now';

/** A received request. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A response to send. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON. Text and bytes are sent unchanged. */
  readonly body?: unknown;
  /** The bytes of a response that Node would not send. */
  readonly rawResponse?: string;
}

interface ServerTrial
  extends Pick<
    RunOptions,
    'allowUnreached' | 'exclude' | 'only' | 'parameters' | 'profile' | 'settleMs' | 'skip' | 'spec'
  > {
  /** Keys by security scheme. Default: {@link KEY} for all schemes. */
  readonly keys?: Readonly<Record<string, string>>;
  /** The paths and components of the description in YAML. Default: the description in the file `spec`. */
  readonly description?: string;
  /** Returns the response of the server to a request. Default: 200 without a body. */
  readonly answer?: (request: ReceivedRequest) => Answer;
}

/** Starts a server that answers each request. Returns its URL. */
export function startAnswering(context: TestContext, answer: (request: ReceivedRequest) => Answer): Promise<string> {
  return localServer(context, async (incoming, response) => {
    const { method = '', url: target = '/', headers } = incoming;
    const request = { method, url: new URL(target, 'http://localhost'), headers, body: await text(incoming) };
    const { status = 200, headers: own = {}, body, rawResponse } = answer(request);
    if (rawResponse !== undefined) {
      incoming.socket.end(rawResponse);
      return;
    }
    const isSentUnchanged = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const payload = isSentUnchanged ? body : JSON.stringify(body);
    const type = isSentUnchanged ? {} : { 'Content-Type': 'application/json' };
    response.writeHead(status, { ...type, ...own }).end(payload);
  });
}

/** Writes a description to a file that is deleted after the test. Returns its path. */
export function writeDescription(context: TestContext, description: string): Promise<string> {
  const document = `openapi: 3.1.0\ninfo: { title: Other, version: 1.0.0 }\n${description}`;
  return temporaryFile(context, document, 'openapi.yaml');
}

/** Starts a server, tests it against a description, and returns the findings and the requests. */
export async function verifyDescription(
  context: TestContext,
  { description = '', answer = () => ({}), spec, ...options }: ServerTrial,
): Promise<{ report: RunReport; found: Finding[]; errors: string[]; received: ReceivedRequest[] }> {
  const received: ReceivedRequest[] = [];
  const url = await startAnswering(context, (request) => {
    received.push(request);
    return answer(request);
  });
  const path = spec ?? (await writeDescription(context, description));
  const report = await verify({ url, ...(options.keys === undefined && { token: KEY }), spec: path, ...options });
  const errors = errorsIn(report).map(({ testCase, actual }) => `${testCase}: ${actual}`);
  return { report, found: report.checks.flatMap(({ findings }) => findings), errors, received };
}
