import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { startSeededApi } from '../test/running-api.ts';

// A request that stays in memory takes several thousand bytes.
const MAX_BYTES_PER_REQUEST = 200;
const CONNECTIONS = 100;
const REQUESTS_PER_CONNECTION = 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe.each(databases)('on $name', (kind) => {
  test.for([
    ['requests', (key: string, id: number) => format(`cus_1234ABCD?${id}`, key)],
    ['requests for unknown customers', (key: string, id: number) => format(`unknown-${id}`, key)],
    ['requests with unknown keys', (_: string, id: number) => format('cus_1234ABCD', `unknown-${id}`)],
    ['requests to unknown paths', (key: string, id: number) => format(`${id}/unknown`, key)],
    ['requests that are not HTTP', (_: string, id: number) => `${id}\r\n\r\n`],
  ] as const)('memory does not grow with the number of %s', async ([, formatRequest], context) => {
    const log = new Writable({ write: (_line, _encoding, done) => done() });
    const { url, key } = await startSeededApi(context, kind, { logger: pino(log), validateResponses: false });
    let sent = 0;
    const measureHeap = async (isAborted: boolean) => {
      for (let connection = 0; connection < CONNECTIONS; connection += 1) {
        const requests = Array.from({ length: REQUESTS_PER_CONNECTION }, () => {
          sent += 1;
          return formatRequest(key, sent);
        });
        await send(url, requests.join(''), isAborted);
      }
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };

    // The first requests fill caches.
    await measureHeap(false);
    await measureHeap(true);
    const before = await measureHeap(false);
    await measureHeap(true);
    await measureHeap(false);
    const after = await measureHeap(false);

    expect((after - before) / (3 * CONNECTIONS * REQUESTS_PER_CONNECTION)).toBeLessThan(MAX_BYTES_PER_REQUEST);
  });
});

/** Sends requests over one connection. Waits for all responses, or closes the connection when the first one arrives. */
async function send(url: string, requests: string, isAborted: boolean): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  // A server that rejects a request may reset the connection.
  socket.on('error', () => {});
  socket.write(requests);
  if (isAborted) {
    await once(socket, 'data');
    socket.destroy();
    await once(socket, 'close');
  } else {
    socket.end();
    await text(socket);
  }
}

function format(identifier: string, key: string): string {
  return `GET /v2/customers/${identifier} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token ${key}\r\n\r\n`;
}
