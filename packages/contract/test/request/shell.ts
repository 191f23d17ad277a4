import { execFile } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { requireProgram } from '@firstofficer/testing/require-program';
import type { TestContext } from 'vitest';
import { localServer } from '../local-server.ts';

/** A received request. */
export interface Arrived {
  readonly method: string | undefined;
  readonly target: string | undefined;
  /** The headers with names in lower case, without those about the client and the connection. */
  readonly headers: readonly string[];
  readonly body: string;
}

const CLIENT_HEADERS = ['host', 'connection', 'user-agent', 'content-length'];

/** Starts a server that records its requests. */
export async function recordRequests(context: TestContext): Promise<{ url: string; arrived: Arrived[] }> {
  const arrived: Arrived[] = [];
  const url = await localServer(context, async (incoming, response) => {
    const { method, url: target, rawHeaders } = incoming;
    arrived.push({ method, target, headers: normalizeHeaders(rawHeaders), body: await text(incoming) });
    response.end();
  });
  return { url, arrived };
}

function normalizeHeaders(raw: readonly string[]): string[] {
  return raw
    .flatMap((name, index) => (index % 2 === 0 ? [`${name.toLowerCase()}: ${raw[index + 1]}`] : []))
    .filter((line) => !CLIENT_HEADERS.includes(line.split(':')[0] ?? ''))
    .toSorted();
}

/** Runs curl commands one after another in a POSIX shell that has the key in its environment. */
export async function runInShell(context: TestContext, commands: readonly string[], key: string): Promise<string> {
  await requireProgram(context, 'curl');
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, FIRSTOFFICER_TOKEN: key };
    // Run as one command, because starting curl takes time.
    const all = `curl ${commands.map((command) => command.replace(/^curl /, '')).join(' --next ')}`;
    execFile('sh', ['-c', all], { env }, (error, output) => (error ? reject(error) : resolve(output)));
  });
}
