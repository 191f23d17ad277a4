import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PROGRAM = `
import { createClient } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
const headers = { Deprecation: '@1793491200', Sunset: 'Mon, 01 Nov 2027 00:00:00 GMT' };
const { customers } = createClient({ token: 'sesame', fetch: async () => new Response('{"object":"customer"}', { headers }) });
async function syncCustomers() {
  for (const identifier of ['jane@example.com', 'john@example.com']) await customers.retrieve(identifier);
}
await syncCustomers();
console.log('done');
`;

/** Runs the program in Node with options. Returns what it printed. */
async function runNode(...options: string[]) {
  const args = ['--conditions=@firstofficer/source', ...options, '--input-type=module', '--eval', PROGRAM];
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const run = promisify(execFile)(process.execPath, args, { cwd }).then((output) => ({ ...output, code: 0 }));
  const { code, stdout, stderr } = await run.catch((error: { code: number; stdout: string; stderr: string }) => error);
  return { code, stdout, stderr };
}

const WARNING = '[FIRSTOFFICER_DEPRECATED] DeprecationWarning: GET /v2/customers/{customer}: deprecated since 20';

test('Node prints the warning once', async () => {
  const { stdout, stderr } = await runNode();

  expect(stderr.split('DeprecationWarning')).toHaveLength(2);
  expect(stderr).toContain(WARNING);
  expect(stderr).not.toMatch(/example\.com|sesame/);
  expect(stdout).toBe('done\n');
});

test.each(['--no-deprecation', '--disable-warning=FIRSTOFFICER_DEPRECATED'])('%s hides it', async (option) => {
  expect(await runNode(option)).toEqual({ code: 0, stdout: 'done\n', stderr: '' });
});

test('--trace-deprecation leads to the line of the application', async () => {
  const { stderr } = await runNode('--trace-deprecation');

  expect(stderr).toContain(WARNING);
  expect(stderr).toContain('syncCustomers');
});

test('--throw-deprecation ends the process with the warning', async () => {
  const { code, stderr } = await runNode('--throw-deprecation');

  expect(code).not.toBe(0);
  expect(stderr).toContain(WARNING.replace('[FIRSTOFFICER_DEPRECATED] ', ''));
});
