import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'vitest';
import type { ParameterValues } from '../../src/request/serialization.ts';
import type { Observation } from '../../src/run/report.ts';
import { runContract } from '../../src/run/run.ts';
import { localServer } from '../local-server.ts';
import { temporaryFile } from '../temporary-file.ts';

/** The key that the targets are tested with. */
export const KEY = 'sesame-open-now';

/** A received request. */
export interface Seen {
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

interface VerifyOptions {
  /** The names of the checks to run. */
  readonly only: readonly string[];
  readonly parameters?: ParameterValues;
  /** The paths and components of the description in YAML. */
  readonly description: string;
}

/** Tests a server against a description and returns the observations and the requests. */
export async function verify(
  context: TestContext,
  { only, parameters = {}, description }: VerifyOptions,
  answer: (request: Seen) => Answer,
): Promise<{ found: Observation[]; seen: Seen[] }> {
  const seen: Seen[] = [];
  const url = await localServer(context, async (incoming, response) => {
    const { method = '', url: target = '/', headers } = incoming;
    const request = { method, url: new URL(target, 'http://localhost'), headers, body: await text(incoming) };
    seen.push(request);
    const { status = 200, headers: own = {}, body } = answer(request);
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'object' ? { 'Content-Type': 'application/json' } : {};
    response.writeHead(status, { ...type, ...own }).end(payload);
  });
  const document = `openapi: 3.1.0\ninfo: { title: Other, version: 1.0.0 }\n${description}`;
  const spec = await temporaryFile(context, document, 'openapi.yaml');
  const options = { target: { url, token: KEY }, spec, parameters, only, generated: 10, seed: 1 };
  const found: Observation[] = [];
  for await (const event of runContract(options)) {
    // Other checks also send requests, whose responses these checks look at.
    if (event.type === 'violation' && only.includes(event.observation.check)) found.push(event.observation);
  }
  return { found, seen };
}

/** Formats the errors in short form. */
export function errors(found: readonly Observation[]): string[] {
  return found.filter(({ severity }) => severity === 'error').map(({ testCase, actual }) => `${testCase}: ${actual}`);
}
