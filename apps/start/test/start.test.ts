import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { expect, onTestFinished, test } from 'vitest';
import { firstExample } from '../src/example.ts';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

function start(...options: string[]) {
  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', CLI, ...options]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const errors = child.stderr.setEncoding('utf8').toArray();
  const exit = once(child, 'close').then(async ([code]) => ({ code: code as number, errors: (await errors).join('') }));
  return { child, output: child.stdout.setEncoding('utf8'), exit };
}

async function readUntil(output: Readable, end: string): Promise<string> {
  let text = '';
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes(end)) return text;
  }
  return text;
}

test('shows a customer and a summary whose addresses work, and runs until it is stopped', async () => {
  const { child, output, exit } = start('--no-build', '--mock-port', '0', '--api-port', '0', '--docs-port', '0');
  const text = await readUntil(output, 'Ctrl-C');

  const { identifier, path } = await firstExample();
  expect(text).toContain(`'${identifier}'`);
  const [mock, api, docs] = [...text.matchAll(/^ {2}(?:Mock|API|Docs) +(http:\S+)$/gm)].map(([, url]) => url ?? '');
  expect(text).toContain(`curl ${mock}${path} -u ${DEFAULT_TOKEN}:`);
  const headers = { Authorization: `Token token="${DEFAULT_TOKEN}"` };
  expect((await fetch(`${mock}${path}`, { headers })).status).toBe(200);
  const key = new RegExp(`curl ${api}\\S+ -u (\\S+):`).exec(text)?.[1];
  const live = await fetch(`${api}${path}`, { headers: { Authorization: `Token token="${key}"` } });
  expect(await live.json()).toMatchObject({ object: 'customer' });
  expect(await (await fetch(docs ?? '')).text()).toContain('FirstOfficer Customers API');

  child.kill('SIGINT');
  expect(await exit).toEqual({ code: 0, errors: '' });
});

test('a port that was asked for and is taken is a clear error', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { code, errors } = await start('--no-build', '--mock-port', '0', '--api-port', '0', '--docs-port', String(port))
    .exit;

  expect(code).toBe(1);
  expect(errors).toContain(`port ${port} is taken. Leave the option out`);
});

test('wrong usage has its own exit code', async () => {
  const { code, errors } = await start('--mock-port', 'http').exit;

  expect(code).toBe(2);
  expect(errors).toContain('It must be a number from 0 to 65535');
});
