import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findFreePort, listen } from '../src/listen.ts';
import { createTemporaryFolder, listenInTest } from '../src/testing.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

test('listens on a free port of 127.0.0.1', async (context) => {
  const { url, port } = await listenInTest(
    context,
    createHttpServer((_, response) => response.end('Hello')),
  );

  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect(await (await fetch(url)).text()).toBe('Hello');
});

test.skipIf(!hasIpv6)('writes an IPv6 address in brackets', async (context) => {
  const { url, port } = await listenInTest(context, createServer(), { host: '::1' });

  expect(url).toBe(`http://[::1]:${port}`);
});

test('the URL of a server with TLS starts with https', async (context) => {
  expect((await listenInTest(context, createHttpsServer())).url).toMatch(/^https:/);
});

test.each([
  ['EADDRINUSE', async (port: number) => listen(createServer(), { port })],
  ['EADDRNOTAVAIL', async () => listen(createServer(), { host: '192.0.2.1' })],
])('rejects with the system error code %s', async (code, listenAgain) => {
  await using taken = await listen(createServer());

  await expect(listenAgain(taken.port)).rejects.toMatchObject({ code });
});

test('close destroys the open connections of any server, and can be called twice', async () => {
  const { port, close } = await listen(createServer());
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket.resume(), 'close');
  await close();
  await close();

  await closed;
});

test('close waits graceMs for a request in progress', async () => {
  const { url, close } = await listen(
    createHttpServer((_, response) => setTimeout(() => response.end('Hello'), 50)),
    { graceMs: 10_000 },
  );
  const response = fetch(url, { headers: { Connection: 'close' } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await close();

  expect(await (await response).text()).toBe('Hello');
});

test('findFreePort returns a port that a server can listen on', async (context) => {
  const port = await findFreePort();

  expect((await listenInTest(context, createServer(), { port })).port).toBe(port);
});

test('listenInTest closes its server and createTemporaryFolder removes its folder when the test is finished', async () => {
  const cleanUps: (() => void | Promise<void>)[] = [];
  const context = { onTestFinished: (cleanUp: () => void | Promise<void>) => void cleanUps.push(cleanUp) };
  const { port } = await listenInTest(context, createServer());
  const folder = await createTemporaryFolder(context, { 'spec.json': '{}' });
  expect(readFileSync(join(folder, 'spec.json'), 'utf8')).toBe('{}');

  for (const cleanUp of cleanUps) await cleanUp();

  const [error] = await once(connect(port, '127.0.0.1'), 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  expect(existsSync(folder)).toBe(false);
});
