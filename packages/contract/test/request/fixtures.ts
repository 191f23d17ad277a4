import { execFile } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Operation, SecurityScheme } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { requireProgram } from '@firstofficer/testing/require-program';
import type { TestContext } from 'vitest';
import { createHttpClient } from '../../src/http/client.ts';
import { formatCurl } from '../../src/request/curl.ts';
import type { OperationRequest } from '../../src/request/operation-request.ts';
import { localServer } from '../local-server.ts';

export const SCHEMES = {
  basic: { type: 'http', scheme: 'Basic' },
  bearer: { type: 'http', scheme: 'bearer' },
  oauth: { type: 'oauth2' },
  token: { type: 'apiKey', in: 'header', name: 'Authorization' },
  header: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  query: { type: 'apiKey', in: 'query', name: 'filter[key]' },
  digest: { type: 'http', scheme: 'digest' },
} as const satisfies Record<string, SecurityScheme>;

/** Returns an operation with the given security schemes as alternatives. */
export function createSecured(...names: readonly (keyof typeof SCHEMES)[]): Operation {
  return createOperation({ security: names.map((name) => ({ [name]: SCHEMES[name] })) });
}

/** A received request. */
export interface Arrived {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly query: string;
  /** The headers with names in lower case, without those that depend on the client. */
  readonly headers: readonly string[];
  readonly body: string;
}

/**
 * Sends each request twice, by the HTTP client and by its curl command, and returns what arrived. The commands read the
 * key, or several keys by variable, from the environment.
 */
export async function sendBothWays(
  context: TestContext,
  requests: readonly OperationRequest[],
  key: string | Readonly<Record<string, string>>,
): Promise<{ commands: string[]; sent: Arrived[]; repeated: Arrived[] }> {
  const arrived: Arrived[] = [];
  const url = await localServer(context, async (incoming, response) => {
    const { method, url: target = '', rawHeaders } = incoming;
    const [path, query = ''] = target.split(/\?(.*)/s);
    arrived.push({ method, path, query, headers: normalizeHeaders(rawHeaders), body: await text(incoming) });
    response.end();
  });
  const client = createHttpClient(`${url}/api`, 30_000);
  context.onTestFinished(() => client.close());
  for (const request of requests) await client.send(request);
  const commands = requests.map((request) => formatCurl(`${url}/api`, request));
  await runInShell(context, commands, key);
  return { commands, sent: arrived.slice(0, requests.length), repeated: arrived.slice(requests.length) };
}

/** Parses the query of a request, because curl encodes more characters than necessary. */
export function parseQuery({ query, ...rest }: Arrived) {
  return { ...rest, query: [...new URLSearchParams(query)].toSorted() };
}

const CLIENT_HEADERS = ['host', 'connection', 'user-agent', 'content-length'];

function normalizeHeaders(raw: readonly string[]): string[] {
  return (
    raw
      .flatMap((name, index) => (index % 2 === 0 ? [`${name.toLowerCase()}: ${raw[index + 1]}`] : []))
      // curl does not send this default.
      .filter((line) => line !== 'accept-encoding: identity' && !CLIENT_HEADERS.includes(line.split(':')[0] ?? ''))
      .toSorted()
  );
}

/** Runs curl commands one after another in a POSIX shell that has the key in its environment. */
async function runInShell(
  context: TestContext,
  commands: readonly string[],
  key: string | Readonly<Record<string, string>>,
): Promise<void> {
  await requireProgram(context, 'curl');
  // Run as one command, because starting curl takes time. Commands that read the body from a pipe come last.
  const single = commands.filter((command) => command.startsWith('curl '));
  const piped = commands.filter((command) => !command.startsWith('curl '));
  const all = [`curl ${single.map((command) => command.replace(/^curl /, '')).join(' --next ')}`, ...piped].join(
    ' && ',
  );
  const keys = typeof key === 'string' ? { FIRSTOFFICER_TOKEN: key } : key;
  const env = { PATH: process.env.PATH, ...keys };
  await new Promise<void>((resolve, reject) => {
    execFile('sh', ['-c', all], { env }, (error) => (error ? reject(error) : resolve()));
  });
}
