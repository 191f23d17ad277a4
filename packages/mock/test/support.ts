import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { fileURLToPath } from 'node:url';
import { DEFAULT_TOKEN, type Mock, type MockOptions, startMock } from '@firstofficer/mock';
import { type ExamplePair, fillPath, findExamplePairs, loadDescription, type Operation } from '@firstofficer/openapi';
import { afterAll, onTestFinished } from 'vitest';

/** The path of the description that the mock serves by default. */
export const SPEC_FILE = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** Every operation of the description. */
export const { operations } = await loadDescription(SPEC_FILE);

/** Every example pair of the description, with the path of its request. */
export const PAIRS: readonly (ExamplePair & { readonly operation: Operation; readonly path: string })[] =
  operations.flatMap((operation) =>
    findExamplePairs(operation).map((pair) => ({
      ...pair,
      operation,
      path: fillPath(operation.path, pair.parameters),
    })),
  );

/** Returns the example body of a documented error. */
export function findDocumentedError(status: string): unknown {
  const examples = operations[0]?.responses[status]?.content?.['application/json']?.examples ?? {};
  return Object.values(examples)[0]?.value;
}

/** Returns the request path of an example, such as `stripe_id`. */
export function findExamplePath(name: string): string {
  const pair = PAIRS.find((candidate) => candidate.name === name);
  if (!pair) throw new Error(`The description has no example pair named ${name}.`);
  return pair.path;
}

/** Returns an Authorization header with the key in HTTP Basic. */
export function encodeBasic(key: string): string {
  return `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
}

/** Starts a mock that stops after the last test of the file. */
export async function startMockForFile(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock(options);
  afterAll(() => mock.close());
  return mock;
}

/** Starts a mock that stops when the test ends. */
export async function startTestMock(options: MockOptions): Promise<Mock> {
  const mock = await startMock(options);
  onTestFinished(() => mock.close());
  return mock;
}

interface SendOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

interface ReceivedResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

/**
 * Sends a request, with the default key unless the headers contain another one. The target is sent unchanged: fetch
 * would normalize it.
 */
export async function send(
  { url }: Mock,
  target: string,
  { method = 'GET', headers, body }: SendOptions = {},
): Promise<ReceivedResponse> {
  const { hostname, port } = new URL(url);
  // Node does not set Content-Length if a GET has a body.
  const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    httpRequest(
      {
        hostname,
        port,
        method,
        path: target,
        headers: { Authorization: encodeBasic(DEFAULT_TOKEN), ...length, ...headers },
      },
      async (response) => {
        const text = (await response.setEncoding('utf8').toArray()).join('');
        const isJson = /[/+]json *(;|$)/.test(response.headers['content-type'] ?? '') && text !== '';
        const json = isJson ? (JSON.parse(text) as unknown) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      },
    )
      .on('error', reject)
      .end(body);
  });
}
