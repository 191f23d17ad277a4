import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { startLiveApi } from './live-api.ts';
import { runProgram } from './programs.ts';

const CUSTOMER_URL = 'https://api.firstofficer.io/v2/customers/cus_1234ABCD';
const FETCH = 'fetch(process.argv[1]).then((r) => console.log(r.status), (e) => console.log(e.cause.message))';

test.for([
  ['with the environment of the mock get its response', {}, '401\n'],
  ['without its certificate reject the connection', { NODE_EXTRA_CA_CERTS: '' }, 'self-signed certificate'],
] as const)('programs %s', async ([, changes, expected], { signal }) => {
  await using live = await startLiveApi();
  const env = { ...live.env, ...changes };
  const { stdout } = await runProgram('node', { args: ['-e', FETCH, CUSTOMER_URL], env, signal });

  expect(stdout).toContain(expected);
});

test.for(['example.com:443', 'api.firstofficer.io:80'])('the proxy refuses connections to %s', async (path) => {
  await using live = await startLiveApi();
  const connecting = request(live.env.HTTPS_PROXY ?? '', { method: 'CONNECT', path }).end();
  const [response]: IncomingMessage[] = await once(connecting, 'connect');

  expect(response?.statusCode).toBe(403);
});
