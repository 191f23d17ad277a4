import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DEFAULT_TOKEN, startMock } from '@firstofficer/mock';
import { describe, expect, onTestFinished, test } from 'vitest';
import { localServer } from './local-server.ts';
import { temporaryFile } from './temporary-file.ts';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function contract(options: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=@firstofficer/source', CLI, ...options],
      // Without VITEST the command's own Vitest does not take itself for a worker of this one.
      { env: { PATH: process.env.PATH, NO_COLOR: '1', ...environment } },
      (error, output, errors) => resolve({ code: error ? Number(error.code) : 0, output, errors }),
    );
  });
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server like the mock, but for one fault. It may use the mock by credentials other than those of its caller. */
async function faultyServer(
  fault: (answer: Answer, authorization: string) => Partial<Answer>,
  credentials?: string,
): Promise<string> {
  const mock = await startMock();
  onTestFinished(() => mock.close());
  return localServer(async ({ url, headers: { authorization = '' } }, response) => {
    const original = await fetch(mock.url + url, { headers: { authorization: credentials ?? authorization } });
    const { 'content-length': _, ...headers } = Object.fromEntries(original.headers);
    const right: Answer = { status: original.status, headers, body: await original.text() };
    const { status, headers: sent, body } = { ...right, ...fault(right, authorization) };
    response.writeHead(status, sent).end(body);
  });
}

const RIGHT_KEY = `Token token="${DEFAULT_TOKEN}"`;

const against = (url: string) => ['--url', url, '--token', DEFAULT_TOKEN];

describe.concurrent('exit code 0: the contract is kept', () => {
  test('by the mock that it starts itself', async () => {
    expect(await contract([])).toMatchObject({
      code: 0,
      output: expect.stringMatching(/Contract kept: \d+ checks of the mock\.\n$/),
      errors: '',
    });
  });

  test('whatever key the environment holds for other runs', async () => {
    expect(await contract([], { FIRSTOFFICER_TOKEN: 'sesame' })).toMatchObject({ code: 0 });
  });

  test('by a server, its address and key taken from the environment', async () => {
    const mock = await startMock({ token: 'sesame' });
    onTestFinished(() => mock.close());
    const { code, output } = await contract([], { FIRSTOFFICER_URL: mock.url, FIRSTOFFICER_TOKEN: 'sesame' });

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(`checks of ${mock.url}`) });
    expect(output).not.toContain('sesame');
  });

  test('for a customer by identifier and e-mail address', async () => {
    const { code, output } = await contract(['--customer', 'cus_3456DEFG', '--email', 'jane+billing@example.com']);

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('is retrieved by --email') });
  });

  test('for the customers of a file', async () => {
    const file = await temporaryFile(
      '[{"id":1340618,"stripe_id":"cus_3456DEFG","extra_id":"workspace-8812"},{"id":1338204}]',
    );
    const { code, output } = await contract(['--customers', file]);

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('customer 2') });
  });
});

describe.concurrent('exit code 1: the contract is broken', () => {
  test.each([
    [
      'a member of the wrong type',
      () => faultyServer(({ body }) => ({ body: body.replace('69900', '"69900"') })),
      'body/current_mrr must be integer',
    ],
    ['an undocumented status', () => faultyServer(() => ({ status: 418 })), 'status 418 is not documented'],
    [
      'no challenge',
      () => faultyServer(() => ({ headers: { 'content-type': 'application/json' } })),
      'header WWW-Authenticate is missing',
    ],
    [
      'a challenge that echoes the key',
      () => faultyServer((_, authorization) => ({ headers: { 'content-type': authorization } })),
      'content type is Token token="$FIRSTOFFICER_TOKEN"',
    ],
    [
      'a key that is checked too late',
      () => faultyServer(({ status }, authorization) => (status === 401 && !authorization ? { status: 404 } : {})),
      'asked for unknown_customer',
    ],
    ['any key accepted', () => faultyServer(() => ({}), RIGHT_KEY), 'a wrong key is refused'],
    [
      'one form of the key refused',
      () => faultyServer((_, authorization) => (authorization.startsWith('Token') ? { status: 404 } : {})),
      'tokenAuth',
    ],
    [
      'a lost customer with MRR',
      () => faultyServer(({ body }) => ({ body: body.replace('"current_mrr":0', '"current_mrr":9') })),
      'has no MRR if it is lost',
    ],
    [
      'an example that is answered otherwise',
      () => faultyServer(({ body }) => ({ body: body.replace('58800', '58801') })),
      'zero_decimal_currency answers 200',
    ],
  ])('%s', async (_, start, finding) => {
    const { code, output, errors } = await contract(against(await start()));

    expect(code).toBe(1);
    expect(output + errors).toContain(finding);
    expect(output).toMatch(/Contract broken: \d+ of \d+ checks of http:.* failed\.\n$/);
    expect(output + errors).not.toContain(DEFAULT_TOKEN);
    expect(output + errors).not.toContain(btoa(DEFAULT_TOKEN).slice(0, 12));
  });

  test('a customer that the target does not have, whose identifier is personal data', async () => {
    const { code, output, errors } = await contract(['--customer', 'jane@example.com']);

    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('is retrieved by --customer') });
    expect(output + errors).not.toContain('jane');
  });

  test('a server that goes away', async () => {
    let requests = 0;
    const url = await localServer((_, response) => {
      requests += 1;
      if (requests === 1) response.end();
      else response.destroy();
    });
    const { code, output, errors } = await contract(against(url));

    expect(code).toBe(1);
    expect(output + errors).toContain('GET /v2/customers/{customer} has no response: UND_ERR_SOCKET');
  });
});

describe.concurrent('exit code 2: wrong usage', () => {
  const url = ['--url', 'http://127.0.0.1:9'];

  test.each([
    [['--url'], "option '--url <url>' argument missing"],
    [['--ulr', 'x'], 'Did you mean --url?'],
    [['run'], 'too many arguments'],
    [url, 'FIRSTOFFICER_TOKEN'],
    [['--token', 'sesame'], '--token goes with --url'],
    [['--url', 'api.firstofficer.io', '--token', 'sesame'], '--url must be an absolute http or https URL'],
    [['--url', 'https://sesame:@api.firstofficer.io', '--token', 'x'], 'must not contain credentials'],
    [['--url', 'https://api.firstofficer.io?key=sesame', '--token', 'x'], 'must not have a query'],
    [['--url', 'https://api.firstofficer.io?', '--token', 'x'], 'must not have a query'],
    [['--url', 'https://api.firstofficer.io', '--token', 'se\nsame'], 'the key must be printable ASCII'],
    [['--customer', ''], '--customer is empty'],
    [['--customer', '.'], '--customer is "."'],
    [['--email', 'jane@example.com'], '--email goes with --customer'],
    [['--customers', 'no-such.json'], 'cannot read "no-such.json" (ENOENT)'],
  ])('%j', async (options, message) => {
    const { code, output, errors } = await contract(options);

    expect(code).toBe(2);
    expect(errors).toContain(message);
    expect(output + errors).not.toContain('same');
  });
});

test('exit code 3: the target cannot be reached', async () => {
  const mock = await startMock();
  await mock.close();

  expect(await contract(against(mock.url))).toEqual({
    code: 3,
    output: '',
    errors: `firstofficer-contract: cannot reach ${mock.url} (ECONNREFUSED). Is the server running, and is the address right?\n`,
  });
});

test('--help names the options and the exit codes', async () => {
  const { code, output } = await contract(['--help']);

  expect(code).toBe(0);
  expect(output).toContain('--customers <file>');
  expect(output).toContain('Exit codes: 0 contract kept, 1 contract broken, 2 wrong usage, 3 target unreachable.');
});
