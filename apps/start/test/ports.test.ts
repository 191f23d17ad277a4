import { createServer } from 'node:net';
import { findFreePort } from '@firstofficer/common/listen';
import { listenInTest } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';
import { API_PORT, checkPorts, DOCS_PORT, MOCK_PORT, startOnPort } from '../src/ports.ts';

const TAKEN = 4010;
const FORBIDDEN = 80;
const ERRORS = new Map([
  [TAKEN, 'EADDRINUSE'],
  [FORBIDDEN, 'EACCES'],
]);

async function start(port: number): Promise<{ url: string }> {
  const code = ERRORS.get(port);
  if (code !== undefined) throw Object.assign(new Error(`listen ${code}`), { code });
  return { url: `http://127.0.0.1:${port}` };
}

test.each([
  ['the default port if it is free', undefined, 8080, { url: 'http://127.0.0.1:8080' }],
  ['a free port if the default port is taken', undefined, TAKEN, { url: 'http://127.0.0.1:0', taken: TAKEN }],
  ['a free port if the default port is forbidden', undefined, FORBIDDEN, { taken: FORBIDDEN }],
  ['the requested port', 9000, TAKEN, { url: 'http://127.0.0.1:9000' }],
  ['a free port if 0 is requested', 0, TAKEN, { url: 'http://127.0.0.1:0' }],
])('startOnPort uses %s', async (_, requested, defaultPort, expected) => {
  const started = await startOnPort(start, { ...MOCK_PORT, requested, defaultPort });

  expect(started).toMatchObject(expected);
  expect(started.taken).toBe('taken' in expected ? expected.taken : undefined);
});

test.each([
  [TAKEN, 'port 4010 is in use. Leave out --mock-port, or pass another port (0 selects a free one).'],
  [FORBIDDEN, 'port 80 needs more permissions. Leave out --mock-port'],
])('startOnPort throws an error that names the option if port %d was requested', async (requested, message) => {
  await expect(startOnPort(start, { ...MOCK_PORT, requested })).rejects.toThrow(message);
});

test('startOnPort throws other errors of the service unchanged', async () => {
  const fail = async () => Promise.reject(new Error('no such description'));

  await expect(startOnPort(fail, { ...MOCK_PORT, requested: undefined })).rejects.toThrow('no such description');
});

test('checkPorts rejects a requested port that is taken, and ignores default ports', async (context) => {
  const { port: defaultPort } = await listenInTest(context, createServer());
  const choices = [
    { ...API_PORT, requested: undefined, defaultPort },
    { ...DOCS_PORT, requested: 0, defaultPort },
    { ...MOCK_PORT, requested: defaultPort },
  ];

  await expect(checkPorts(choices)).rejects.toThrow(`port ${defaultPort} is in use. Leave out --mock-port`);
  await checkPorts(choices.slice(0, 2));
});

test('checkPorts rejects one port for two services, and leaves the ports free', async () => {
  const mock = { ...MOCK_PORT, requested: await findFreePort() };
  const docs = { ...DOCS_PORT, requested: mock.requested };

  await expect(checkPorts([mock, docs])).rejects.toThrow(`port ${mock.requested} is in use. Leave out --docs-port`);
  await checkPorts([mock]);
});
