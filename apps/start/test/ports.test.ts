import { createServer } from 'node:net';
import { listen as listenOnFreePort } from '@firstofficer/common/listen';
import { listenInTest } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';
import { checkPorts, startOnPort } from '../src/ports.ts';

const TAKEN = 4010;
const FORBIDDEN = 80;
const option = '--mock-port';

async function listen(port: number): Promise<number> {
  const code = new Map([
    [TAKEN, 'EADDRINUSE'],
    [FORBIDDEN, 'EACCES'],
  ]).get(port);
  if (code !== undefined) throw Object.assign(new Error(`listen ${code}`), { code });
  return port;
}

test('the default port is used if it is free', async () => {
  expect(await startOnPort(listen, { option, requested: undefined, defaultPort: 8080 })).toEqual({ service: 8080 });
});

test('a free port is used if the default port cannot be used, and the result says so', async () => {
  expect(await startOnPort(listen, { option, requested: undefined, defaultPort: TAKEN })).toEqual({
    service: 0,
    taken: TAKEN,
  });
});

test('a requested port is used', async () => {
  expect(await startOnPort(listen, { option, requested: 9000, defaultPort: TAKEN })).toEqual({ service: 9000 });
  expect(await startOnPort(listen, { option, requested: 0, defaultPort: TAKEN })).toEqual({ service: 0 });
});

test('a requested port that cannot be used is an error that names the option', async () => {
  await expect(startOnPort(listen, { option, requested: TAKEN, defaultPort: 8080 })).rejects.toThrow(
    'port 4010 is in use. Leave out --mock-port, or pass another port (0 selects a free one).',
  );
  await expect(startOnPort(listen, { option, requested: FORBIDDEN, defaultPort: 8080 })).rejects.toThrow(
    'port 80 needs more permissions. Leave out --mock-port',
  );
});

test('any other failure is passed on', async () => {
  const fail = async () => Promise.reject(new Error('no such description'));

  await expect(startOnPort(fail, { option, requested: undefined, defaultPort: 8080 })).rejects.toThrow(
    'no such description',
  );
});

test('a requested port that is in use is found before anything starts', async (context) => {
  const taken = await listenInTest(context, createServer());
  const choices = [
    { option: '--api-port', requested: undefined, defaultPort: taken.port },
    { option: '--docs-port', requested: 0, defaultPort: taken.port },
    { option: '--mock-port', requested: taken.port, defaultPort: 4010 },
  ];

  await expect(checkPorts(choices)).rejects.toThrow(`port ${taken.port} is in use. Leave out --mock-port`);
  await checkPorts(choices.slice(0, 2));
});

test('one port for two services is an error, and checked ports are free again', async () => {
  const { port, close } = await listenOnFreePort(createServer());
  await close();
  const mock = { option: '--mock-port', requested: port, defaultPort: 4010 };

  await expect(checkPorts([mock, { option: '--docs-port', requested: port, defaultPort: 8080 }])).rejects.toThrow(
    `port ${port} is in use. Leave out --docs-port`,
  );
  await checkPorts([mock]);
});
