import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { databases } from '../../test/databases.ts';
import { waitForExit } from '../../test/run-command.ts';
import { customer, retrieve, startSeededApi } from '../../test/running-api.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

test('an import that fills the disk reports it and imports nothing; existing customers are still served', async (context) => {
  const [sqlite] = databases;
  const api = await startSeededApi(context, sqlite ?? expect.fail());
  // A file size limit simulates a full disk. It needs no root and affects no other process.
  const script = 'trap "" XFSZ; ulimit -f 512; exec "$@"';
  const command = [process.execPath, '--conditions=@firstofficer/source', CLI, 'import', '-'];
  const flags = ['--account', String(api.accountId), '--data', api.location.directory];
  const child = spawn('bash', ['-c', script, 'bash', ...command, ...flags]);
  child.stdin.on('error', () => {});
  const customers = Array.from({ length: 20_000 }, (_, index) => JSON.stringify(customer(index + 1)));
  child.stdin.end(customers.join('\n'));
  const [stderr, code] = await Promise.all([text(child.stderr), waitForExit(child)]);

  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringMatching(/^firstofficer-api: The (disk|database)/),
  });
  expect((await retrieve(api.url, api.key, 'cus_1')).status).toBe(404);
  expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(200);
});

// Every write to /dev/full fails as on a full disk.
test.skipIf(process.platform !== 'linux')(
  'a server keeps running when its log cannot be written, and stops on SIGTERM',
  async (context) => {
    const [sqlite] = databases;
    const { location, key } = await startSeededApi(context, sqlite ?? expect.fail());
    const port = await freePort();
    const full = await open('/dev/full', 'w');
    const args = [
      '--conditions=@firstofficer/source',
      CLI,
      'serve',
      '--port',
      String(port),
      '--data',
      location.directory,
    ];
    const { DATABASE_URL: _, ...env } = process.env;
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', full.fd, 'inherit'] });
    context.onTestFinished(() => void child.kill('SIGKILL'));
    await full.close();
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(url).catch(() => undefined))) expect(child.exitCode).toBeNull();

    // More lines than the log buffer holds.
    for (let count = 0; count < 100; count += 1) {
      expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
    }
    child.kill('SIGTERM');
    expect(await waitForExit(child)).toBe(0);
  },
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
