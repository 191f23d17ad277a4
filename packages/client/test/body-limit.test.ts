import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { type ClientOptions, createClient } from '../src/index.ts';
import { catchError, getCustomer, startServer } from './support.ts';

const DEFAULT_LIMIT = 5_000_000;

/** Returns a customer as JSON with this number of bytes. */
function createBody(size: number): string {
  const body = '{"object":"customer","x":""}';
  return body.replace('""', `"${'x'.repeat(size - body.length)}"`);
}

const tooLarge = { code: 'response_too_large', attempts: 1, message: expect.stringContaining('maxResponseBytes') };

test('a body of the largest size is read, and one of a byte more is not', async () => {
  let size = DEFAULT_LIMIT;
  const baseUrl = await startServer((_, response) => response.end(createBody(size)));
  const { customers, api } = createClient({ token: 'key', baseUrl });
  await customers.retrieve('x');

  size++;
  expect(await catchError(customers.retrieve('x'))).toMatchObject({ ...tooLarge, status: 200 });
  expect(await catchError(getCustomer(api, 'x'))).toMatchObject(tooLarge);
});

test.each([200, 401, 429, 500, 503])('a large body with status %i is not retried', async (status) => {
  const received = vi.fn();
  const baseUrl = await startServer(({ url }, response) => {
    received(url);
    response.writeHead(status, { 'Retry-After': '0' }).end(createBody(1_001));
  });
  const { customers } = createClient({ token: 'key', baseUrl, maxResponseBytes: 1_000 });

  expect(await catchError(customers.retrieve('x'))).toMatchObject({ ...tooLarge, status });
  expect(received).toHaveBeenCalledOnce();
});

test('bytes are counted after decompression', async () => {
  const compressed = gzipSync(createBody(2_000_000));
  expect(compressed.length).toBeLessThan(10_000);
  const baseUrl = await startServer((_, response) => response.setHeader('Content-Encoding', 'gzip').end(compressed));
  const retrieve = (options: Partial<ClientOptions>) =>
    createClient({ token: 'key', baseUrl, ...options }).customers.retrieve('x');

  await expect(retrieve({})).resolves.toHaveProperty('object', 'customer');
  expect(await catchError(retrieve({ maxResponseBytes: 1_999_999 }))).toMatchObject(tooLarge);
});

test.each([1, 2, 3])('a character that arrives in two chunks is read, split after byte %i', async (split) => {
  const character = Buffer.from('😀');
  const chunks = ['{"object":"customer","x":"', character.subarray(0, split), character.subarray(split), '"}'];
  const body = Readable.toWeb(
    Readable.from(
      chunks.map((chunk) => Buffer.from(chunk)),
      { objectMode: true },
    ),
  );
  const { customers } = createClient({ token: 'key', fetch: async () => new Response(body as ReadableStream) });

  await expect(customers.retrieve('x')).resolves.toEqual({ object: 'customer', x: '😀' });
});

test('bytes are counted, not characters', async () => {
  const baseUrl = await startServer((_, response) => response.end(`{"object":"customer","x":"${'ü'.repeat(600)}"}`));
  const { customers } = createClient({ token: 'key', baseUrl, maxResponseBytes: 1_000 });

  expect(await catchError(customers.retrieve('x'))).toMatchObject(tooLarge);
});

test('an endless body is not read further, and its connection is closed', async () => {
  const closed = vi.fn();
  let sent = 0;
  const baseUrl = await startServer(({ socket }, response) => {
    socket.on('close', closed);
    const write = () => {
      while (!socket.destroyed && response.write('x'.repeat(65_536))) sent += 65_536;
    };
    response.on('drain', write);
    write();
  });
  const { customers } = createClient({ token: 'key', baseUrl, maxResponseBytes: 100_000 });

  expect(await catchError(customers.retrieve('x'))).toMatchObject(tooLarge);
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  // The operating system buffers some more.
  expect(sent).toBeLessThan(50_000_000);
});

test('characters that are split between chunks are read', async () => {
  const bytes = new TextEncoder().encode('{"object":"customer","x":"ü🦆"}');
  const baseUrl = await startServer(async (_, response) => {
    for (const byte of bytes) await new Promise((resolve) => response.write(new Uint8Array([byte]), resolve));
    response.end();
  });

  expect(await createClient({ token: 'key', baseUrl }).customers.retrieve('x')).toEqual({
    object: 'customer',
    x: 'ü🦆',
  });
});

describe('the limit applies to a fetch whose response has', () => {
  const head = { ok: true, status: 200, headers: new Headers() };
  const unexpected = () => expect.unreachable('the body should be read as a stream');
  test.each([
    ['a Node.js stream', (body: string) => ({ ...head, body: Readable.from([Buffer.from(body)]), text: unexpected })],
    ['no stream', (body: string) => ({ ...head, text: async () => body })],
  ])('%s', async (_, respond) => {
    const retrieve = (body: string) =>
      createClient({ token: 'key', fetch: async () => respond(body), maxResponseBytes: 1_000 }).customers.retrieve('x');

    await expect(retrieve(createBody(1_000))).resolves.toHaveProperty('object', 'customer');
    expect(await catchError(retrieve(createBody(1_001)))).toMatchObject(tooLarge);
  });
});

test.each([0, -1, Number.NaN, null, '5 MB'])('maxResponseBytes %s is invalid', (maxResponseBytes) => {
  // JavaScript callers can pass any value.
  expect(() => createClient({ token: 'key', maxResponseBytes: maxResponseBytes as number })).toThrow(
    expect.objectContaining({ code: 'invalid_argument', param: 'maxResponseBytes' }),
  );
});
