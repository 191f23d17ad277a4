import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'vitest';
import type { Finding, Observation, RunReport } from '../src/run/report.ts';
import { type RunOptions, runContract } from '../src/run/run.ts';
import { localServer } from './local-server.ts';
import { temporaryFile } from './temporary-file.ts';

interface VerifyOptions extends Omit<RunOptions, 'target'> {
  readonly url: string;
  readonly token?: string;
}

/** A report, and all violations before they are merged into findings. */
interface VerifyResult extends RunReport {
  readonly observations: readonly Observation[];
}

/** Tests a server with a fixed seed. */
export async function verify({ url, token, ...options }: VerifyOptions): Promise<VerifyResult> {
  const target = { url, ...(token !== undefined && { token }) };
  const observations: Observation[] = [];
  for await (const event of runContract({ seed: 1, generated: 10, ...options, target })) {
    if (event.type === 'violation') observations.push(event.observation);
    if (event.type === 'run-finished') return { ...event.report, observations };
  }
  throw new Error('The run ended without a report.');
}

/** Returns the errors in a report. */
export function errorsIn({ checks }: RunReport): Finding[] {
  return checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');
}

/** The key that the targets are tested with. */
export const KEY = 'sesame-open-now';

/** A received request. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON. Text is sent unchanged. */
  readonly body?: unknown;
}

interface DescriptionOptions extends Pick<RunOptions, 'parameters'> {
  /** The names of the checks to run. */
  readonly only: readonly string[];
  /** The paths and components of the description in YAML. */
  readonly description: string;
}

/** Tests a server against a description. Returns the violations that the checks found, and the requests. */
export async function verifyDescription(
  context: TestContext,
  { description, only, ...options }: DescriptionOptions,
  respond: (request: ReceivedRequest) => Answer,
): Promise<{ found: Observation[]; received: ReceivedRequest[] }> {
  const received: ReceivedRequest[] = [];
  const url = await localServer(context, async (incoming, response) => {
    const { method = '', url: target = '/', headers } = incoming;
    const request = { method, url: new URL(target, 'http://localhost'), headers, body: await text(incoming) };
    received.push(request);
    const { status = 200, headers: own = {}, body } = respond(request);
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'object' ? { 'Content-Type': 'application/json' } : {};
    response.writeHead(status, { ...type, ...own }).end(payload);
  });
  const document = `openapi: 3.1.0\ninfo: { title: Other, version: 1.0.0 }\n${description}`;
  const spec = await temporaryFile(context, document, 'openapi.yaml');
  const { observations } = await verify({ ...options, url, token: KEY, spec, only });
  // Other checks also send requests, whose responses these checks look at.
  return { found: observations.filter(({ check }) => only.includes(check)), received };
}

/** Formats the errors as test case and response. */
export function formatErrors(found: readonly Observation[]): string[] {
  return found.filter(({ severity }) => severity === 'error').map(({ testCase, actual }) => `${testCase}: ${actual}`);
}
