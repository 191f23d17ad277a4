import { expect, test } from 'vitest';
import { whyUnreachable } from '../../src/http/reachable.ts';
import { localServer } from '../local-server.ts';

// Long, so that a busy machine does not make a server unreachable.
const LONG_MS = 30_000;

test.for([200, 401, 404, 500, 302])('a server that answers %i is reachable', async (status, context) => {
  const url = await localServer(context, (_, response) => response.writeHead(status, { Location: '/' }).end('…'));

  expect(await whyUnreachable(url, LONG_MS)).toBeUndefined();
});

test('a server that accepts and never answers is not', async (context) => {
  const url = await localServer(context, () => {});

  expect(await whyUnreachable(url, 50)).toBe('no complete response within 0.05 s');
});

test('a server that hangs up is not', async (context) => {
  const url = await localServer(context, (_, response) => response.destroy());

  expect(await whyUnreachable(url, LONG_MS)).toBe('the connection was dropped (ECONNRESET)');
});

test('an address where nothing listens is not', async () => {
  expect(await whyUnreachable('http://127.0.0.1:9', LONG_MS)).toBe('nothing listens there (ECONNREFUSED)');
});
