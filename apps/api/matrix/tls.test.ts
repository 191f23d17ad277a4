import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { listenInTest } from '@firstofficer/common/testing';
import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import { type Context, sqlite } from '../test/databases.ts';
import { authorize, formatRequest, startSeededApi } from '../test/running-api.ts';

const { cert, private: privateKey } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
const tls = { cert: Buffer.from(cert), key: Buffer.from(privateKey) };

// No test here needs the database, so one kind of database is enough.
const startTlsApi = (context: Context, connections = 1_000) =>
  startSeededApi(context, sqlite, { tls, limits: { headersMs: 300, connections } });

test('a connection without a TLS handshake is closed after the timeout of the headers', async (context) => {
  const { url } = await startTlsApi(context);
  const hello = await readClientHello(context);
  const starts = [Buffer.of(), hello.subarray(0, 1), hello.subarray(0, 40), hello, Buffer.from('GET / HTTP')];
  await Promise.all(
    starts.map(async (bytes) => {
      const socket = await open(url);
      socket.write(bytes);
      await waitForClose(socket);
    }),
  );
});

test('a TLS handshake that never makes progress is closed, even if bytes arrive all the time', async (context) => {
  const { url } = await startTlsApi(context);
  const hello = await readClientHello(context);
  const socket = await open(url);
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(hello.subarray(sent, sent + 1));
    sent += 1;
  }, 50);
  await waitForClose(socket);
  clearInterval(timer);
  expect(sent).toBeLessThan(hello.length);
});

test('a TLS connection without a request, or with half of one, gets a 408', async (context) => {
  const { url } = await startTlsApi(context);
  const answers = ['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: a\r\n'].map(async (part) => {
    const socket = connectTls({ port: Number(new URL(url).port), rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.write(part);
    return text(socket);
  });
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});

test('a client of HTTP/2 is rejected, also if it sends its requests without asking', async (context) => {
  const { url } = await startTlsApi(context);
  const port = Number(new URL(url).port);
  const refused = connectTls({ port, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
  await expect(once(refused, 'secureConnect')).rejects.toThrow('no application protocol');
  const socket = connectTls({ port, rejectUnauthorized: false });
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 505 /);
});

test('over TLS, a good request is answered before an invalid one', async (context) => {
  const { url, key } = await startTlsApi(context);
  const socket = connectTls({ port: Number(new URL(url).port), rejectUnauthorized: false });
  const good = formatRequest('/v2/customers/cus_1234ABCD', { ...authorize(key), Connection: 'keep-alive' });
  socket.write(`${good}${good}NONSENSE\r\n\r\n`);
  const statuses = [...(await text(socket)).matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);
  expect(statuses).toEqual(['200', '200', '405']);
});

test('connections without a handshake take the place of others only until the timeout', async (context) => {
  const { url } = await startTlsApi(context, 20);
  const silent = await Promise.all(Array.from({ length: 40 }, () => open(url)));
  await Promise.all(silent.map(waitForClose));
  const socket = connectTls({ port: Number(new URL(url).port), rejectUnauthorized: false });
  socket.end('GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
});

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Waits until the server has closed a connection, or has reset it. */
async function waitForClose(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

/** Returns the first bytes that a TLS client sends. */
async function readClientHello(context: Context): Promise<Buffer> {
  const server = createServer();
  const { url } = await listenInTest(context, server);
  const connected = once(server, 'connection') as Promise<[Socket]>;
  const client = connectTls({ port: Number(new URL(url).port), rejectUnauthorized: false });
  client.on('error', () => {});
  const [socket] = await connected;
  const [hello] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  return hello;
}
