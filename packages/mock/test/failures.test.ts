import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { listenInTest } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN, type Mock } from '@firstofficer/mock';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDelays } from '../src/node/delays.ts';
import { encodeBasic, findExamplePath, send, startMockForFile, startTestMock } from './support.ts';

const mock = await startMockForFile();
const notes = await startMockForFile({
  spec: fileURLToPath(import.meta.resolve('@firstofficer/spec/test/notes.openapi.yaml')),
});

const PATH = findExamplePath('stripe_id');

/** Returns the bytes of a request with the default key. */
function formatRequest(prefer: string, { method = 'GET', path = PATH, version = '1.1', headers = '' } = {}): string {
  const key = encodeBasic(DEFAULT_TOKEN);
  return `${method} ${path} HTTP/${version}\r\nHost: x\r\nAuthorization: ${key}\r\n${prefer && `Prefer: ${prefer}\r\n`}${headers}\r\n`;
}

function open({ url }: Pick<Mock, 'url'>): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Sends bytes, and returns what the mock sends until it closes the connection. */
async function exchange(target: Mock, bytes: string): Promise<string> {
  const socket = open(target);
  socket.write(bytes);
  return (await socket.toArray()).join('');
}

const prefer = (preference: string, path = PATH) => send(mock, path, { headers: { Prefer: preference } });

describe('drop=headers closes the connection before the first byte', () => {
  test.each(['drop=headers', 'drop=headers, code=503', 'drop=headers, delay=1'])('%s', async (preference) => {
    expect(await exchange(mock, formatRequest(preference))).toBe('');
  });

  test('after the responses to earlier requests on the connection', async () => {
    const bytes = formatRequest('delay=20') + formatRequest('') + formatRequest('drop=headers') + formatRequest('');
    const responses = (await exchange(mock, bytes)).split('HTTP/1.1 200 OK');

    expect(responses).toHaveLength(3);
    expect(responses[2]).toContain('"stripe_id":"cus_1234ABCD"');
    expect(responses[2]?.endsWith('}')).toBe(true);
  });

  test('and the request can be sent again on another connection', async () => {
    await exchange(mock, formatRequest('drop=headers'));

    expect((await prefer('')).status).toBe(200);
  });
});

describe('drop=body closes the connection in the middle of the body', () => {
  test.each([
    ['drop=body', '200 OK'],
    ['drop=body, code=404', '404 Not Found'],
    ['drop=body, code=502', '502 Bad Gateway'],
    ['drop=body, delay=1', '200 OK'],
  ])('%s', async (preference, status) => {
    const [head = '', body = ''] = (await exchange(mock, formatRequest(preference))).split('\r\n\r\n');
    const complete = await prefer(preference.replace('drop=body', 'delay=0').replace(', delay=1', ''));

    expect(head.startsWith(`HTTP/1.1 ${status}\r\n`)).toBe(true);
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(complete.text)}\r\n`);
    expect(body).toBe(complete.text.slice(0, Math.floor(complete.text.length / 2)));
  });

  test('with HTTP/1.0', async () => {
    const received = await exchange(mock, formatRequest('drop=body', { version: '1.0' }));

    expect(received).toContain('\r\n\r\n{');
    expect(received.endsWith('}')).toBe(false);
  });

  test('after the responses to earlier requests on the connection, and without those to later ones', async () => {
    const bytes = formatRequest('delay=20') + formatRequest('drop=body, code=404') + formatRequest('');
    const received = await exchange(mock, bytes);

    expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404']);
    expect(received.endsWith('}')).toBe(false);
  });

  test('clients with connections that they keep open can send further requests', async () => {
    const statuses: (number | string)[] = [];
    for (const preference of ['delay=0', 'drop=headers', 'delay=0', 'drop=body', 'delay=0']) {
      const headers = { Authorization: encodeBasic(DEFAULT_TOKEN), Prefer: preference };
      const status = fetch(mock.url + PATH, { headers }).then(async (response) => {
        await response.text();
        return response.status;
      });
      statuses.push(await status.catch((error: unknown) => (error instanceof Error ? error.message : 'unknown')));
    }

    expect(statuses).toEqual([200, 'fetch failed', 200, 'terminated', 200]);
  });

  test('a body of one byte is cut before this byte', async () => {
    mock.use({ operation: 'retrieveCustomer', answer: { drop: 'body', body: 'x' }, times: 1 });
    const received = await exchange(mock, formatRequest(''));

    expect(received).toMatch(/\r\nContent-Length: 1\r\n.*\r\n\r\n$/s);
  });

  test('fetch receives the status and then an error', async () => {
    const headers = { Authorization: encodeBasic(DEFAULT_TOKEN), Prefer: 'drop=body' };
    const response = await fetch(mock.url + PATH, { headers });

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  test.each([
    ['HEAD', mock, formatRequest('drop=body', { method: 'HEAD' })],
    ['204', notes, formatRequest('drop=body', { method: 'DELETE', path: '/v1/notes/note_1' })],
    ['304', mock, formatRequest('drop=body, code=304')],
    ['302 without a body', mock, formatRequest('drop=body, code=302')],
  ])('a response without a body is as with drop=headers: %s', async (_, target, bytes) => {
    expect(await exchange(target, bytes)).toBe('');
  });
});

describe('delay', () => {
  test('the response is the usual one', async () => {
    expect(await prefer('delay=1')).toMatchObject({ status: 200, json: (await send(mock, PATH)).json });
  });

  test('an invalid request is delayed, too', async () => {
    expect((await prefer('delay=1', '/v2/customers/%ZZ')).status).toBe(400);
  });

  test('twenty delayed requests on one connection get their responses in order, without a warning', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on('warning', warn);
    onTestFinished(() => void process.off('warning', warn));
    const codes = Array.from({ length: 20 }, (_, index) => 400 + index);
    const requests = codes.map((code, index) => formatRequest(`delay=${20 - index}, code=${code}`));
    const received = await exchange(mock, requests.join('') + formatRequest('drop=headers'));

    expect([...received.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, code]) => Number(code))).toEqual(codes);
    expect(warnings).toEqual([]);
  });

  test('close ends it, and closes the connection', async () => {
    const closing = await startTestMock({});
    const received = exchange(closing, formatRequest('delay=600000'));
    await vi.waitUntil(() => closing.requests().length === 1, { interval: 1 });
    await closing.close();

    expect(await received).toBe('');
  });

  test('it ends when the client disconnects', async (context) => {
    const server = createServer((connection) => connection.resume());
    const { url } = await listenInTest(context, server);
    const client = open({ url });
    const [socket] = (await once(server, 'connection')) as [Socket];
    const delays = createDelays();
    const waits = [delays.wait(socket, 600_000), delays.wait(socket, 600_000)];
    client.destroy();

    expect(await Promise.all(waits)).toEqual([false, false]);
    expect(await delays.wait(socket, 600_000), 'the client is gone').toBe(false);
  });
});

test('a request body is not needed for a failure, and does not disturb the next request on the connection', async () => {
  const body = 'x'.repeat(3_000_000);
  const headers = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  const bytes = formatRequest('code=503', { method: 'POST', path: '/v1/notes', headers }) + body;
  const received = await exchange(
    notes,
    bytes + formatRequest('code=418', { path: '/v1/notes' }) + formatRequest('drop=headers', { path: '/v1/notes' }),
  );

  expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 503', 'HTTP/1.1 418']);
});

describe('fail', () => {
  const sendTimes = async (count: number, preference: string, path = PATH) => {
    const statuses: number[] = [];
    for (let index = 0; index < count; index += 1) statuses.push((await prefer(preference, path)).status);
    return statuses;
  };

  test.each([
    ['fail=2', [503, 503, 200, 503, 503, 200]],
    ['fail=1, code=429', [429, 200, 429, 200]],
    ['fail=1, code=418, retry-after=0', [418, 200, 418]],
    ['fail=0', [200, 200]],
    ['fail=1, example=lost_customer', [503, 200]],
    ['fail=1, delay=1, code=503', [503, 200]],
    ['fail=1, delay=1', [200, 200]],
  ])('%s', async (preference, statuses) => {
    expect(await sendTimes(statuses.length, preference)).toEqual(statuses);
  });

  test('the failures have the Retry-After of the preference, and the success has the example', async () => {
    const preference = 'fail=1, retry-after=0, example=lost_customer';
    const failure = await prefer(preference);
    const success = await prefer(preference);

    expect(failure).toMatchObject({ status: 503, headers: { 'retry-after': '0' } });
    expect(success).toMatchObject({ status: 200, json: (await prefer('example=lost_customer')).json });
    expect(success.headers).not.toHaveProperty('retry-after');
  });

  test('a delay without a status delays the normal response', async () => {
    mock.reset();
    const preference = 'fail=1, delay=600000';
    const socket = open(mock);
    socket.write(formatRequest(preference));
    await vi.waitUntil(() => mock.requests().length === 1, { interval: 1 });
    socket.destroy();

    expect((await prefer(preference)).status).toBe(200);
  });

  test('with drop', async () => {
    const bytes = formatRequest('fail=1, drop=headers');

    expect(await exchange(mock, bytes)).toBe('');
    expect(await exchange(mock, bytes + formatRequest('drop=headers'))).toMatch(/^HTTP\/1.1 200 /);
  });

  test('each combination of method, target and header has its own count', async () => {
    expect(await sendTimes(1, 'fail=1, code=500')).toEqual([500]);
    expect(await sendTimes(1, 'fail=1, code=500', `${PATH}?`)).toEqual([500]);
    expect(await sendTimes(1, 'fail=1,code=500')).toEqual([500]);
    expect(await sendTimes(1, 'fail=1, code=500')).toEqual([200]);
  });
});
