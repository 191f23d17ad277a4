import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { startLiveApi } from './live-api.ts';
import { runProgram } from './programs.ts';

const URL_OF_CUSTOMER = 'https://api.firstofficer.io/v2/customers/cus_1234ABCD';
const FETCH = 'fetch(process.argv[1]).then((r) => console.log(r.status), (e) => console.log(e.cause.message))';

test('programs reach the mock by the URL of the live API', async ({ signal }) => {
  await using live = await startLiveApi();
  const { stdout } = await runProgram('node', { args: ['-e', FETCH, URL_OF_CUSTOMER], env: live.env, signal });

  expect(stdout).toBe('401\n');
});

test('programs that do not trust the certificate reject the connection', async ({ signal }) => {
  await using live = await startLiveApi();
  const env = { ...live.env, NODE_EXTRA_CA_CERTS: '' };
  const { stdout } = await runProgram('node', { args: ['-e', FETCH, URL_OF_CUSTOMER], env, signal });

  expect(stdout).toContain('self-signed certificate');
});

test.for(['example.com:443', 'api.firstofficer.io:80'])('the proxy refuses connections to %s', async (path) => {
  await using live = await startLiveApi();
  const connecting = request(live.env.HTTPS_PROXY ?? '', { method: 'CONNECT', path }).end();
  const [response]: IncomingMessage[] = await once(connecting, 'connect');

  expect(response?.statusCode).toBe(403);
});
