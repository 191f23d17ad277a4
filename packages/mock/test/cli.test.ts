import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { expect, onTestFinished, test } from 'vitest';
import { encodeBasic, findExamplePath, startMockForFile } from './support.ts';

const mock = await startMockForFile();

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

function run(...options: string[]) {
  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', CLI, ...options]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = child.stdout.setEncoding('utf8');
  const errors = child.stderr.setEncoding('utf8').toArray();
  const exit = once(child, 'exit').then(async ([code]) => ({ code: code as number, errors: (await errors).join('') }));
  return { child, output, exit };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'prints one line when it is ready, responds to requests, and stops on %s',
  async (signal) => {
    const { child, output, exit } = run('--port', '0', '--token', 'sesame');
    const lines: string[] = [];
    for await (const chunk of output) {
      lines.push(chunk as string);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk as string)?.[0];
      const response = await fetch(`${url}${findExamplePath('stripe_id')}`, {
        headers: { Authorization: encodeBasic('sesame') },
      });
      expect(response.status).toBe(200);
      child.kill(signal);
    }

    expect(lines.join('')).toMatch(/^firstofficer-mock is ready on http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(await exit).toEqual({ code: 0, errors: '' });
  },
);

test('serves another description', async () => {
  const spec = fileURLToPath(new URL('shop.openapi.yaml', import.meta.url));
  const { child, output, exit } = run('--port', '0', '--spec', spec);
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
  const { child, output, exit } = run('--port', '0', '--spec', join(folder, 'report.yaml'));
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

test('reports a description that does not exist', async () => {
  const { code, errors } = await run('--port', '0', '--spec', 'no-such.yaml').exit;

  expect(code).toBe(1);
  expect(errors).toContain('no-such.yaml');
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
  const { child, output, exit } = run('--port', '0', '--examples', join(folder, 'valid.ndjson'));
  for await (const chunk of output) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk as string)?.[0];
    const headers = { Authorization: encodeBasic(DEFAULT_TOKEN) };
    expect((await fetch(`${url}/v2/customers/a%40example.com`, { headers })).status).toBe(200);
    child.kill();
  }
  const invalid = join(folder, 'invalid.ndjson');

  expect(await exit).toEqual({ code: 0, errors: '' });
  expect(await run('--port', '0', '--examples', invalid).exit).toEqual({
    code: 1,
    errors: `firstofficer-mock: the examples have 2 errors. Correct the examples and start the mock again.\n${invalid}:1: currency is missing\n${invalid}:2: is not valid JSON\n`,
  });
});

test('reports a port that is in use', async () => {
  const { port } = new URL(mock.url);
  const { code, errors } = await run('--port', port).exit;

  expect(code).toBe(1);
  expect(errors).toBe(
    `firstofficer-mock: port ${port} on 127.0.0.1 is already in use. Stop the program that listens on it, or choose another port with --port (0 selects a free port).\n`,
  );
});

test('reports an address that is not of this machine', async () => {
  const { code, errors } = await run('--port', '0', '--host', '192.0.2.1').exit;

  expect(code).toBe(1);
  expect(errors).toContain('192.0.2.1 is not an address of this machine');
});

test.each([
  [['--port', 'http'], 'It must be a number from 0 to 65535'],
  [['--port', '65536'], 'It must be a number from 0 to 65535'],
  [['--prot', '4010'], 'Did you mean --port?'],
  [['--tokne=sesame'], "unknown option '--tokne=…'"],
  [['sesame'], 'too many arguments. Expected 0 arguments but got 1.'],
  [['--host', ''], 'It must be an address'],
  [['--token', ''], '--token must be printable ASCII'],
  [['--token', 'se:same'], '--token must be printable ASCII'],
  [['--seed', ''], '--seed must have at least one character.'],
  [['--token', 'se"same'], '--token must be printable ASCII'],
])('%j exits with 2 and a message that contains no key', async (options, message) => {
  const { code, errors } = await run(...options).exit;

  expect(code).toBe(2);
  expect(errors).toContain(message);
  expect(errors).not.toContain('same');
});

async function writeScenarios(text: string): Promise<string> {
  return join(await createTemporaryFolder({ onTestFinished }, { 'scenarios.yaml': text }), 'scenarios.yaml');
}

const SCENARIOS = `# Two failures, then the normal response.
- answer:
    - { code: 429, retryAfter: 0 }
    - { code: 503 }
  times: 1
`;

test('--scenarios, --log and --no-control: answers, logs without the key, and serves no control API', async () => {
  const file = await writeScenarios(SCENARIOS);
  const { child, output, exit } = run('--port', '0', '--scenarios', file, '--log', '--no-control', '--seed', 'a b');
  const path = findExamplePath('stripe_id');
  let text = '';
  let url: string | undefined;
  for await (const chunk of output) {
    text += chunk;
    if (url !== undefined) continue;
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
    expect((await fetch(`${url}/__mock/requests`)).status).toBe(404);
    for (const status of [429, 503, 200]) {
      const headers = { Authorization: encodeBasic(DEFAULT_TOKEN) };
      expect((await fetch(url + path, { headers })).status).toBe(status);
    }
    await fetch(`${url}/${DEFAULT_TOKEN}`);
    child.kill();
  }

  const escaped = path.replaceAll('.', '\\.');
  const parameters = '\\{"customer":"[^"]+"\\}';
  expect(text).toMatch(
    new RegExp(
      [
        '^firstofficer-mock is ready on .*',
        'Random failures and data have the seed "a b"\\. Pass it as --seed to repeat them\\.',
        `GET ${escaped} 429 \\d+ms retrieveCustomer ${parameters} scenario`,
        `GET ${escaped} 503 \\d+ms retrieveCustomer ${parameters} scenario`,
        `GET ${escaped} 200 \\d+ms retrieveCustomer ${parameters}`,
        'GET /\\[key\\] 401 \\d+ms\n$',
      ].join('\n'),
    ),
  );
  expect((await exit).code).toBe(0);
});

test('--scenarios reports every fault with file and line', async () => {
  const file = await writeScenarios(
    `${SCENARIOS}\n- answer:\n    code: 1000\n  operation: retrieve\n  tims: 2\n- times: 1\n`,
  );
  const { code, errors } = await run('--port', '0', '--scenarios', file).exit;

  expect(code).toBe(1);
  expect(errors.split('\n')).toEqual([
    expect.stringMatching(`^firstofficer-mock: ${file}:10: scenarios\\[1\\].tims is unknown. Valid members: `),
    expect.stringMatching(`^${file}:9: scenarios\\[1\\].operation is "retrieve". It must be one of retrieveCustomer.$`),
    expect.stringMatching(
      `^${file}:8: scenarios\\[1\\].answer.code is 1000. It must be a whole number from 200 to 599.$`,
    ),
    expect.stringMatching(`^${file}:11: scenarios\\[2\\].answer is missing. It must be an object`),
    '',
  ]);
});

test('--help lists the options and the exit codes', async () => {
  const { output, exit } = run('--help');
  const help = (await output.toArray()).join('');

  expect(help).toContain('--token <key>');
  expect(help).toContain('Exit codes');
  expect((await exit).code).toBe(0);
});
