import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import { type Context, sqlite } from '../test/databases.ts';
import { startServeCommand, waitForExit } from '../test/run-command.ts';

test.for(['1', '2'])(
  'with %s workers, SIGHUP reads the certificate again, and keeps the old one if the files are invalid',
  async (workers, context) => {
    const folder = await createTemporaryFolder(context);
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const write = async (name: string) => {
      const pem = await generate([{ name: 'commonName', value: name }]);
      await writeFile(cert, pem.cert);
      await writeFile(key, pem.private);
    };
    await write('first.example');
    const { server, url, lines } = await startServeCommand(context, await sqlite.create(context), [
      ...['--tls-cert', cert, '--tls-key', key, '--log-level', 'info', '--workers', workers],
    ]);
    const findLine = async (text: string) => {
      for (;;) {
        const { value = expect.fail(`The server stopped without the line ${text}.`) } = await lines.next();
        if (value.includes(text)) return value;
      }
    };
    // Twice, so that each of two workers gets a connection.
    const readNames = async () => [await readName(context, url), await readName(context, url)];
    expect(await readNames()).toEqual(['first.example', 'first.example']);

    await write('second.example');
    server.kill('SIGHUP');
    await findLine('reloaded the certificate');
    while ((await readNames()).includes('first.example'));

    await writeFile(key, 'half a fi');
    server.kill('SIGHUP');
    expect(await findLine('reload failed')).toContain('the certificate or its key is invalid');
    expect(await readNames()).toEqual(['second.example', 'second.example']);
    server.kill('SIGTERM');
    expect(await waitForExit(server)).toBe(0);
  },
);

test('the drain delay keeps a server ready for connections after SIGTERM, and a second signal ends it', async (context) => {
  const { server, url } = await startServeCommand(context, await sqlite.create(context), ['--drain-delay', '3600']);
  server.kill('SIGTERM');
  while ((await fetch(`${url}/readyz`)).status !== 503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  server.kill('SIGTERM');
  expect(await waitForExit(server)).toBe(0);
});

/** Connects to a server and returns the name in its certificate. */
async function readName({ onTestFinished }: Context, url: string): Promise<unknown> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return socket.getPeerCertificate().subject.CN;
}
