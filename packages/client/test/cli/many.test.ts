import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { startMock } from '@firstofficer/mock';
import { requireProgram } from '@firstofficer/testing/require-program';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../support.ts';
import { collectOutcome, ON_TERMINAL, runCommand, startCommand } from './run.ts';

const mock = await startMock();
afterAll(() => mock.close());

const MANY = ['customers', 'retrieve', '--file', '-'];

/** Starts a server that answers with a customer whose `id` is the identifier, unless a function answers. */
function startEcho(answer: (identifier: string) => number | undefined = () => 200): Promise<string> {
  return startServer(({ url = '' }, response) => {
    const identifier = decodeURIComponent(url.split('/').at(-1) ?? '');
    const status = answer(identifier);
    if (status === undefined) return;
    const body =
      status === 200
        ? { object: 'customer', id: identifier }
        : { error: { type: 'invalid_request_error', message: 'Failed.' } };
    response.writeHead(status).end(JSON.stringify(body));
  });
}

function parseLines(text: string): unknown[] {
  // Every line is complete, even if the command was interrupted.
  expect(text).toMatch(/^([^\n]+\n)*$/);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

test('writes a line of JSON for each identifier, in the order of the file', async () => {
  const folder = await createTemporaryFolder(
    { onTestFinished },
    { 'ids.txt': '\ufeffcus_1234ABCD\r\n\r\nnobody\r\n.\r\njane+billing@example.com' },
  );
  const args = ['customers', 'retrieve', '--file', join(folder, 'ids.txt')];
  const { code, stdout, stderr } = await runCommand(args, mock);

  expect({ code, stderr }).toEqual({ code: 6, stderr: '' });
  expect(parseLines(stdout)).toEqual([
    { identifier: 'cus_1234ABCD', customer: expect.objectContaining({ current_mrr: 69900 }) },
    { identifier: 'nobody', error: expect.objectContaining({ code: 'not_found', message: 'No such customer.' }) },
    { identifier: '.', error: expect.objectContaining({ code: 'invalid_argument' }) },
    { identifier: 'jane+billing@example.com', customer: expect.objectContaining({ stripe_id: 'cus_3456DEFG' }) },
  ]);
});

test('reads the standard input, and writes CSV', async () => {
  const input = 'cus_1234ABCD\nno "body", no\njane+billing@example.com\n';
  const { code, stdout } = await runCommand([...MANY, '--format', 'csv'], { ...mock, input });

  expect(
    stdout,
  ).toBe(`identifier,id,stripe_id,extra_id,total_contract_value,current_mrr,current_subscription_count,currency,error_code,error_message
cus_1234ABCD,1340573,cus_1234ABCD,,629100,69900,1,usd,,
"no ""body"", no",,,,,,,,not_found,No such customer.
jane+billing@example.com,1340618,cus_3456DEFG,workspace-8812,348600,49800,2,eur,,
`);
  expect(code).toBe(6);
});

test('exits with 0 if no identifier failed', async () => {
  const url = await startEcho();
  const input = Array.from({ length: 300 }, (_, index) => `cus_${index}\n`).join('');
  const { code, stdout } = await runCommand(MANY, { url, input });

  expect(code).toBe(0);
  expect(parseLines(stdout)).toEqual(
    Array.from({ length: 300 }, (_, index) => ({
      identifier: `cus_${index}`,
      customer: { object: 'customer', id: `cus_${index}` },
    })),
  );
  expect(await runCommand(MANY, { url, input: '\n' })).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('with --unordered, a slow customer does not delay the others', async () => {
  const url = await startEcho((identifier) => (identifier === 'slow' ? undefined : 200));
  const args = [...MANY, '--unordered', '--concurrency', '2'];
  const child = startCommand(args, { url });
  child.stdin?.end('slow\ncus_1\ncus_2\n');
  child.stdout?.on('data', (chunk) => String(chunk).includes('cus_2') && child.kill('SIGINT'));

  expect(parseLines((await collectOutcome(child)).stdout)).toMatchObject([
    { identifier: 'cus_1' },
    { identifier: 'cus_2' },
  ]);
});

test('ends with 4 if the key is wrong', async () => {
  const url = await startEcho(() => 401);

  const child = startCommand(MANY, { url });
  // The input stays open.
  child.stdin?.write('cus_1\ncus_2\n');

  expect(await collectOutcome(child)).toEqual({
    code: 4,
    stdout: '',
    stderr: 'firstofficer: Failed. Check the API key in FIRSTOFFICER_TOKEN.\n',
  });
});

test('Ctrl-C ends the command with complete lines', async () => {
  const url = await startEcho((identifier) => (identifier === 'cus_3' ? undefined : 200));
  const child = startCommand(MANY, { url });
  // The input stays open.
  child.stdin?.write('cus_1\ncus_2\ncus_3\ncus_4\n');
  child.stdout?.on('data', (chunk) => String(chunk).includes('cus_2') && child.kill('SIGINT'));
  const { code, stdout, stderr } = await collectOutcome(child);

  expect({ code, stderr }).toEqual({ code: 130, stderr: 'firstofficer: interrupted.\n' });
  expect(parseLines(stdout)).toMatchObject([{ identifier: 'cus_1' }, { identifier: 'cus_2' }]);
});

test('a closed pipe ends the command without a message', async () => {
  const url = await startEcho();
  const wrapper = ['sh', '-c', '{ "$@"; echo "exit code $?" >&2; } | head -1', 'sh'];

  expect(await runCommand(MANY, { url, wrapper, input: 'cus_1\n'.repeat(2_000) })).toEqual({
    code: 0,
    stdout: '{"identifier":"cus_1","customer":{"object":"customer","id":"cus_1"}}\n',
    stderr: 'exit code 0\n',
  });
});

test('shows progress on a terminal, and no progress in the output', async (context) => {
  const python = await requireProgram(context, 'python3');
  const file = join(await createTemporaryFolder({ onTestFinished }), 'results.ndjson');
  const folder = await createTemporaryFolder({ onTestFinished }, { 'ids.txt': 'cus_1234ABCD\nnobody\n' });
  const wrapper = [python, ...ON_TERMINAL, 'sh', '-c', '"$@" > "$0"', file];
  const args = ['customers', 'retrieve', '--file', join(folder, 'ids.txt')];
  const { code, stdout } = await runCommand(args, { ...mock, wrapper });

  expect(code).toBe(6);
  expect(stripVTControlCharacters(stdout)).toMatch(/^1 done, 0 failed\r(.*\r)?2 done, 1 failed.\r\n$/);
  expect(parseLines(await readFile(file, 'utf8'))).toHaveLength(2);
});
