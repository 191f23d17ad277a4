import { expect, test } from 'vitest';
import { whyUnreachable } from '../src/reachable.ts';
import { localServer } from './local-server.ts';

test.for([200, 401, 404, 500, 302])('a server that answers %i is reachable', async (status, context) => {
  const url = await localServer(context, (_, response) => response.writeHead(status, { Location: '/' }).end('…'));

  expect(await whyUnreachable(url)).toBeUndefined();
});

test('a server that accepts and never answers is not', async (context) => {
  const url = await localServer(context, () => {});

  expect(await whyUnreachable(url, 50)).toBe('nothing within 0.05 s');
});

test('a server that hangs up is not', async (context) => {
  const url = await localServer(context, (_, response) => response.destroy());

  expect(await whyUnreachable(url)).toBe('UND_ERR_SOCKET');
});
