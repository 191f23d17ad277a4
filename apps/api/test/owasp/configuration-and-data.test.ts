import { createServer } from 'node:net';
import { Writable } from 'node:stream';
import { listenInTest } from '@firstofficer/common/testing';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { isPublicAddress, parseProxies } from '../../src/commands/options.ts';
import { loadApiDescription } from '../../src/description.ts';
import { createCustomerParser, InvalidCustomerError, PROPERTIES } from '../../src/import/customer.ts';
import { readCsv } from '../../src/import/read-csv.ts';
import { readNdjson } from '../../src/import/read-ndjson.ts';
import type { SourceRecord } from '../../src/import/read-records.ts';
import { databases, sqlite } from '../databases.ts';
import { runCommand } from '../run-command.ts';
import {
  authorize,
  createAccountWith,
  createCustomer,
  openInTest,
  retrieve,
  startSeededApi,
  startServer,
} from '../running-api.ts';

describe.each(databases)('API7:2023 Server Side Request Forgery, on $name', (kind) => {
  test('the server sends no request to a URL in a request or in the data', async (context) => {
    let connections = 0;
    const target = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    const address = `${(await listenInTest(context, target)).url}/`;
    const api = await startSeededApi(context, kind);
    const { key } = await createAccountWith(api.location, [
      createCustomer(1, { extra_id: address, email: `a@[${address}]` }),
    ]);

    const headers = { ...authorize(key), Origin: address, Referer: address, Forwarded: `host=${address}` };
    for (const identifier of [address, `a@[${address}]`]) {
      const response = await fetch(`${api.url}/v2/customers/${encodeURIComponent(identifier)}?url=${address}`, {
        headers: { ...headers, 'X-Forwarded-Host': address, 'X-Original-URL': address },
      });
      expect(await response.json()).toMatchObject({ id: 1, extra_id: address });
    }
    await api.close();
    expect(connections).toBe(0);
  });
});

describe('API8:2023 Security Misconfiguration', () => {
  test.each(['0.0.0.0', '::', '192.0.2.1', '10.0.0.1', '::ffff:10.0.0.1', 'fe80::1%eth0', 'api.example.com'])(
    '%s is a public address',
    async (host) => {
      expect(isPublicAddress(host)).toBe(true);
    },
  );

  test.each(['127.0.0.1', '127.8.8.8', '::1', '0:0::1', '::ffff:127.0.0.1', 'localhost'])(
    '%s is not a public address',
    async (host) => {
      expect(isPublicAddress(host)).toBe(false);
    },
  );

  test.each(['', ',', 'proxy.example', '10.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.1,'])(
    'the proxy list "%s" is rejected',
    (proxies) => {
      expect(() => parseProxies(proxies)).toThrow('such as 10.0.0.1');
    },
  );

  test.each(['10.0.0.1', '10.0.0.0/8, ::1', 'fd00::/8'])('the proxy list "%s" is accepted', (proxies) => {
    expect(parseProxies(proxies)).toBe(proxies);
  });

  test('the error message about plain HTTP says what to do', async (context) => {
    const location = await sqlite.create(context);
    const { code, stderr } = await runCommand(location, ['serve', '--host', '0.0.0.0', '--port', '0']);
    expect(code).toBe(2);
    expect(stderr).toContain('--tls-cert and --tls-key');
  });
});

describe.each(databases)('API8:2023 Security Misconfiguration, on $name', (kind) => {
  test('a response after the timeout of its handler leaves no identifier in the log', async (context) => {
    const log: string[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _, done) {
        log.push(chunk.toString());
        done();
      },
    });
    let answer = () => {};
    const { url, key } = await startServer(context, kind, {
      description: await loadApiDescription(),
      logger: pino({ level: 'trace' }, stream),
      limits: { handlerMs: 50 },
      handlers: {
        retrieveCustomer: async () => {
          await new Promise<void>((resolve) => {
            answer = resolve;
          });
          return { status: 404 };
        },
      },
    });
    expect((await retrieve(url, key, 'jane@example.com')).status).toBe(503);
    answer();
    await fetch(`${url}/healthz`);
    expect(log.join('')).toContain('"status":503');
    expect(log.join('')).not.toContain('jane');
  });

  test('no log line contains a key, an identifier or an email address', async (context) => {
    let log = '';
    const stream = new Writable({
      write(chunk: Buffer, _, done) {
        log += chunk.toString();
        done();
      },
    });
    const api = await startSeededApi(context, kind, {
      logger: pino({ level: 'trace' }, stream),
      validateResponses: false,
    });
    const secrets = ['cus_1234ABCD', 'jane+billing@example.com', 'fo_wrong_key_of_somebody', '%ZZ-bad'];
    for (const identifier of secrets) await retrieve(api.url, api.key, identifier);
    await fetch(`${api.url}/v2/customers/%ZZ-bad?x=jane`, {
      headers: { Authorization: 'Bearer fo_wrong_key_of_somebody' },
    });
    const database = openInTest(context, api.location);
    await database.query.schema.alterTable('customers').renameTo('elsewhere').execute();
    const response = await retrieve(api.url, api.key, 'jane+billing@example.com');

    expect(response.status).toBe(503);
    expect(log).toContain('"route":"/v2/customers/:customer"');
    expect(log).toContain('"msg":"unavailable"');
    for (const secret of [...secrets, api.key, 'jane', 'ZZ-bad']) expect(log).not.toContain(secret);
  });

  test('response headers do not reveal the server software', async (context) => {
    const api = await startSeededApi(context, kind);
    const { headers } = await retrieve(api.url, api.key, 'cus_1234ABCD');
    expect([...headers.keys()].toSorted()).toEqual([
      'cache-control',
      'connection',
      'content-length',
      'content-type',
      'date',
      'etag',
      'keep-alive',
      'x-content-type-options',
      'x-request-id',
    ]);
  });
});

describe.each(databases)('API9:2023 Improper Inventory Management, on $name', (kind) => {
  test('the routes under /v2 are exactly the operations of the description', async (context) => {
    const description = await loadApiDescription();
    const { app } = await startServer(context, kind, { description });
    const served = [...app.printRoutes({ commonPrefix: false }).matchAll(/(\/\S*) \(([A-Z, ]+)\)/g)].flatMap(
      ([, path = '', methods = '']) => methods.split(', ').map((method) => `${method} ${path}`),
    );

    const documented = description.operations.map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    const heads = documented.filter((route) => route.startsWith('GET ')).map((route) => route.replace('GET', 'HEAD'));
    expect(served.filter((route) => !/ \/(healthz|readyz)$/.test(route)).toSorted()).toEqual(
      [...documented, ...heads].toSorted(),
    );
  });
});

const parse = await createCustomerParser();

/** Returns why each record is rejected, or undefined for a valid one. */
async function findReasons(records: AsyncIterable<SourceRecord>): Promise<(string | undefined)[]> {
  const reasons: (string | undefined)[] = [];
  for await (const record of records) reasons.push('fault' in record ? record.fault : findReason(record.value));
  return reasons;
}

function findReason(value: unknown): string | undefined {
  try {
    parse(value);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidCustomerError) return error.message;
    throw error;
  }
}

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const valid = JSON.stringify(createCustomer(1));
const HOSTILE = ['__proto__', 'constructor', 'prototype', 'toString', 'account_id', 'line'];

describe('API10:2023 Unsafe Consumption of APIs', () => {
  test('NDJSON: an undocumented property is rejected, even if its name has a meaning in JavaScript or SQL', async () => {
    const lines = HOSTILE.map((name) => `${valid.slice(0, -1)},${JSON.stringify(name)}:{"id":2}}`);
    expect(await findReasons(readNdjson(bytes([valid, ...lines].join('\n'))))).toEqual([
      undefined,
      ...HOSTILE.map((name) => `has an unknown property "${name}"`),
    ]);
  });

  test('CSV: an undocumented column is rejected, even if its name has a meaning in JavaScript or SQL', async () => {
    const { object: _, ...properties } = { object: 'customer', ...createCustomer(1) };
    const row = (names: readonly string[], values: readonly unknown[]) => `${names.join(',')}\n${values.join(',')}\n`;
    for (const name of HOSTILE) {
      const text = row([...Object.keys(properties), name], [...Object.values(properties), 'x']);
      expect(await findReasons(readCsv(bytes(text), PROPERTIES))).toEqual([`has an unknown column "${name}"`]);
    }
  });

  test('values are never converted: a number as text, an array of one number and a boolean are rejected', async () => {
    for (const current_mrr of ['10000', [10_000], true, null, { valueOf: 1 }]) {
      expect(findReason(createCustomer(1, { current_mrr }))).toBe('current_mrr must be integer');
    }
  });

  test('deeply nested JSON is rejected, and the next line is read', async () => {
    const deep = '['.repeat(500_000);
    const [first, second] = await findReasons(readNdjson(bytes(`${deep}\n${valid}\n`)));
    expect(first).toBe('is not valid JSON');
    expect(second).toBeUndefined();
  });
});
