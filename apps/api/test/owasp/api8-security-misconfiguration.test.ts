import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { isPublicAddress, parseProxies } from '../../src/commands/options.ts';
import { openForCommand } from '../../src/database/open.ts';
import { createTemporaryDirectory, databases } from '../databases.ts';
import { runCommand } from '../run-command.ts';
import { retrieve, startSeededApi } from '../running-api.ts';

test.each(['0.0.0.0', '::', '192.0.2.1', '10.0.0.1', 'api.example.com'])('%s is a public address', async (host) => {
  expect(isPublicAddress(host)).toBe(true);
});

test.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('%s is not a public address', async (host) => {
  expect(isPublicAddress(host)).toBe(false);
});

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
  const location = { directory: await createTemporaryDirectory(context) };
  const { code, stderr } = await runCommand(location, ['serve', '--host', '0.0.0.0', '--port', '0']);
  expect(code).toBe(2);
  expect(stderr).toContain('--tls-cert and --tls-key');
});

describe.each(databases)('on $name', (kind) => {
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
    const database = openForCommand(api.location);
    await database.query.schema.alterTable('customers').renameTo('elsewhere').execute();
    const response = await retrieve(api.url, api.key, 'jane+billing@example.com');
    await database.close();

    expect(response.status).toBe(503);
    expect(log).toContain('"route":"/v2/customers/:customer"');
    expect(log).toContain('"msg":"unavailable"');
    for (const secret of [...secrets, api.key, 'jane', 'ZZ-bad']) expect(log).not.toContain(secret);
  });

  test('response headers do not reveal the server software', async (context) => {
    const api = await startSeededApi(context, kind);
    const { headers } = await retrieve(api.url, api.key, 'cus_1234ABCD');
    expect([...headers.keys()].toSorted()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'date',
      'keep-alive',
    ]);
  });
});
