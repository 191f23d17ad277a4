import { DEFAULT_TOKEN, startMock } from '@firstofficer/mock';
import { describe, expect, test } from 'vitest';
import { contract } from './contract-command.ts';
import { faultyServer } from './faulty-server.ts';
import { temporaryFile } from './temporary-file.ts';

// Tests that run side by side must clean up through their own context: the global hook knows only one test at a time.
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

  test('by a server, its address and key taken from the environment', async ({ onTestFinished }) => {
    const mock = await startMock({ token: 'sesame' });
    onTestFinished(() => mock.close());
    const { code, output } = await contract([], { FIRSTOFFICER_URL: mock.url, FIRSTOFFICER_TOKEN: 'sesame' });

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(`checks of ${mock.url}`) });
    expect(output).not.toContain('sesame');
  });

  test('by a server that sends more than is described, which is noted once', async (context) => {
    const url = await faultyServer(context, ({ body }) => ({
      body: body.replace('{"object"', '{"country":"FI","object"'),
    }));
    const { code, output } = await contract(['--url', url, '--token', DEFAULT_TOKEN]);

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('Contract kept') });
    expect(output.match(/^Note: .*$/gm)).toEqual([
      'Note: not described, and no breach: GET /v2/customers/{customer} 200: body/country',
    ]);
  });

  test('for a customer by identifier and e-mail address', async () => {
    const { code, output } = await contract(['--customer', 'cus_3456DEFG', '--email', 'jane+billing@example.com']);

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('is retrieved by --email') });
  });

  test('for the customers of a file', async (context) => {
    const file = await temporaryFile(
      context,
      '[{"id":1340618,"stripe_id":"cus_3456DEFG","extra_id":"workspace-8812"},{"id":1338204}]',
    );
    const { code, output } = await contract(['--customers', file]);

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('customer 2') });
  });
});

describe.concurrent('exit code 2: wrong usage', () => {
  const url = ['--url', 'http://127.0.0.1:9'];

  test.each([
    [['--url'], "option '--url <url>' argument missing"],
    [['--ulr', 'x'], 'Did you mean --url?'],
    [['--tokne=sesame'], "unknown option '--tokne=…'"],
    [['sesame'], 'too many arguments. Expected 0 arguments but got 1.'],
    [url, 'FIRSTOFFICER_TOKEN'],
    [['--token', 'sesame'], '--token goes with --url'],
    [['--url', 'api.firstofficer.io', '--token', 'sesame'], '--url must be an absolute http or https URL'],
    [['--url', 'https://sesame:@api.firstofficer.io', '--token', 'x'], 'must not contain credentials'],
    [['--url', 'https://api.firstofficer.io?key=sesame', '--token', 'x'], 'must not have a query'],
    [['--url', 'https://api.firstofficer.io?', '--token', 'x'], 'must not have a query'],
    [['--url', 'https://api.firstofficer.io', '--token', 'se\nsame'], 'the key must be printable ASCII'],
    [['--url', 'https://api.firstofficer.io', '--token', 'se:same'], 'the key must be printable ASCII'],
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

  expect(await contract(['--url', mock.url, '--token', 'sesame'])).toEqual({
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
