import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { expect, test } from 'vitest';
import { runCommand } from '../test/run-command.ts';
import { encodeBasic, startMockForFile } from '../test/support.ts';

const mock = await startMockForFile();

test('serves another description', async () => {
  const spec = fileURLToPath(new URL('../test/shop.openapi.yaml', import.meta.url));
  const { child, output, exit } = runCommand('--port', '0', '--spec', spec);
  for await (const chunk of output) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk as string)?.[0];
    expect((await fetch(`${url}/health`)).status).toBe(200);
    child.kill();
  }

  expect((await exit).code).toBe(0);
});

test('prints a warning with the line of an example that does not fit its schema, and serves it', async (context) => {
  const text = `openapi: 3.1.1
paths:
  /report:
    get:
      operationId: getReport
      responses:
        '200':
          description: A report.
          content:
            application/json:
              schema: { type: object, properties: { total: { type: integer } } }
              example:
                total: seven
`;
  const folder = await createTemporaryFolder(context, { 'report.yaml': text });
  const { child, output, exit } = runCommand('--port', '0', '--spec', join(folder, 'report.yaml'));
  for await (const chunk of output) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk as string)?.[0];
    expect(await (await fetch(`${url}/report`)).json()).toEqual({ total: 'seven' });
    child.kill();
  }

  expect(await exit).toEqual({
    code: 0,
    errors: `firstofficer-mock: warning: ${join(folder, 'report.yaml')}:13: The example of getReport, 200: total must be integer.\n`,
  });
});

test('serves own customers, and reports each error of an invalid file', async (context) => {
  const customer = {
    id: 7,
    stripe_id: 'cus_A',
    total_contract_value: 0,
    current_mrr: 0,
    current_subscription_count: 0,
  };
  const folder = await createTemporaryFolder(context, {
    'valid.ndjson': JSON.stringify({ ...customer, email: 'a@example.com', currency: 'usd' }),
    'invalid.ndjson': `${JSON.stringify(customer)}\n{`,
  });
  const { child, output, exit } = runCommand('--port', '0', '--examples', join(folder, 'valid.ndjson'));
  for await (const chunk of output) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk as string)?.[0];
    const headers = { Authorization: encodeBasic(DEFAULT_TOKEN) };
    expect((await fetch(`${url}/v2/customers/a%40example.com`, { headers })).status).toBe(200);
    child.kill();
  }
  const invalid = join(folder, 'invalid.ndjson');

  expect(await exit).toEqual({ code: 0, errors: '' });
  expect(await runCommand('--port', '0', '--examples', invalid).exit).toEqual({
    code: 1,
    errors: `firstofficer-mock: the examples have 2 errors. Correct the examples and start the mock again.\n${invalid}:1: currency is missing\n${invalid}:2: is not valid JSON\n`,
  });
});

test('reports a port that is in use', async () => {
  const { port } = new URL(mock.url);
  const { code, errors } = await runCommand('--port', port).exit;

  expect(code).toBe(1);
  expect(errors).toBe(
    `firstofficer-mock: port ${port} on 127.0.0.1 is already in use. Stop the program that listens on it, or choose another port with --port (0 selects a free port).\n`,
  );
});

test('reports an address that is not of this machine', async () => {
  const { code, errors } = await runCommand('--port', '0', '--host', '192.0.2.1').exit;

  expect(code).toBe(1);
  expect(errors).toContain('192.0.2.1 is not an address of this machine');
});

test.each([
  [['--port', '65536'], 'It must be a number from 0 to 65535'],
  [['sesame'], 'too many arguments. Expected 0 arguments but got 1.'],
  [['--host', ''], 'It must be an address'],
  [['--token', ''], '--token must be printable ASCII'],
  [['--token', 'se"same'], '--token must be printable ASCII'],
])('%j exits with 2 and a message that contains no key', async (options, message) => {
  const { code, errors } = await runCommand(...options).exit;

  expect(code).toBe(2);
  expect(errors).toContain(message);
  expect(errors).not.toContain('same');
});

test('--scenarios reports every fault with file and line', async (context) => {
  const text = `- answer: { code: 503 }
- answer:
    code: 1000
  operation: retrieve
  tims: 2
- times: 1
`;
  const file = join(await createTemporaryFolder(context, { 'scenarios.yaml': text }), 'scenarios.yaml');
  const { code, errors } = await runCommand('--port', '0', '--scenarios', file).exit;

  expect(code).toBe(1);
  expect(errors.split('\n')).toEqual([
    'firstofficer-mock: the scenarios have 4 errors. Correct the scenarios and start the mock again.',
    expect.stringMatching(`^${file}:5: scenarios\\[1\\].tims is unknown. Valid members: `),
    expect.stringMatching(`^${file}:4: scenarios\\[1\\].operation is "retrieve". It must be one of retrieveCustomer.$`),
    expect.stringMatching(
      `^${file}:3: scenarios\\[1\\].answer.code is 1000. It must be a whole number from 200 to 599.$`,
    ),
    expect.stringMatching(`^${file}:6: scenarios\\[2\\].answer is missing. It must be an object`),
    '',
  ]);
});
