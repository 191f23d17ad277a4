import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { describe, expect, test } from 'vitest';
import type { Certificate } from '../src/server/create-server.ts';
import { databases, sqlite } from './databases.ts';
import { retrieve, startSeededApi } from './running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('in the drain delay, the server is not ready but accepts connections; an immediate stop ends the delay', async (context) => {
    const { url, key, close } = await startSeededApi(context, kind, { drainMs: 3_600_000 });
    const agent = new Agent();
    context.onTestFinished(() => agent.destroy());
    const closed = close();

    for (const path of ['/healthz', '/readyz']) {
      const status = await new Promise((resolve, reject) =>
        get(url + path, { agent }, (response) => resolve(response.resume().statusCode)).on('error', reject),
      );
      expect({ path, status }).toEqual({ path, status: path === '/readyz' ? 503 : 200 });
    }
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
    const open = connect(Number(new URL(url).port), '127.0.0.1');
    await once(open, 'connect');
    // The server may reset the connection.
    open.on('error', () => {});
    const ended = new Promise((resolve) => open.on('close', resolve));
    open.write('GET / HTTP/1.1\r\n');
    await close({ isImmediate: true });
    await ended;
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });
});

test('a new certificate is used for new connections, and an invalid one is not', async (context) => {
  const [first, second] = [await createCertificate('first.example'), await createCertificate('second.example')];
  const { url, setCertificate } = await startSeededApi(context, sqlite, { tls: first });
  const open = async () => {
    const socket = connectTls({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
    context.onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    return socket;
  };
  const old = await open();
  expect(getName(old)).toBe('first.example');

  setCertificate(second);
  expect(getName(await open())).toBe('second.example');
  for (const invalid of [
    { ...first, key: second.key },
    { ...first, cert: Buffer.from('no certificate') },
  ]) {
    expect(() => setCertificate(invalid)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^ERR_OSSL/) }),
    );
  }
  expect(getName(await open())).toBe('second.example');
  old.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  expect(String((await once(old, 'data'))[0])).toMatch(/^HTTP\/1\.1 200/);
});

test('metrics are served on the chosen address', async (context) => {
  const { metricsUrl = '' } = await startSeededApi(context, sqlite, { metricsPort: 0, metricsHost: '0.0.0.0' });
  expect(new URL(metricsUrl).hostname).toBe('0.0.0.0');
  expect((await fetch(metricsUrl)).status).toBe(200);
});

async function createCertificate(name: string): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }]);
  return { cert: Buffer.from(cert), key: Buffer.from(key) };
}

const getName = (socket: TLSSocket) => socket.getPeerCertificate().subject.CN;
