import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { DEFAULT_TOKEN, type Mock, type MockOptions, startMock } from '@firstofficer/mock';
import { onTestFinished } from 'vitest';

/** Returns an Authorization header with the key in HTTP Basic. */
export function basic(key: string): string {
  return `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
}

/** Starts a mock that stops when the test ends. */
export async function runningMock(options?: MockOptions): Promise<Mock> {
  const mock = await startMock(options);
  onTestFinished(() => mock.close());
  return mock;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

/**
 * Sends a request with the default key, unless the headers contain another one.
 *
 * The target is sent unchanged; fetch would normalize it.
 */
export async function send(
  { url }: Mock,
  target: string,
  { method = 'GET', headers, body }: Sent = {},
): Promise<Received> {
  const { hostname, port } = new URL(url);
  // Node does not set Content-Length for the body of a GET.
  const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    httpRequest(
      { hostname, port, method, path: target, headers: { Authorization: basic(DEFAULT_TOKEN), ...length, ...headers } },
      async (response) => {
        const text = (await response.setEncoding('utf8').toArray()).join('');
        const json = text === '' ? undefined : (JSON.parse(text) as unknown);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      },
    )
      .on('error', reject)
      .end(body);
  });
}
