import { startMock } from '@firstofficer/mock';
import { formatCommands } from '@firstofficer/testing/commands';
import { requireProgram } from '@firstofficer/testing/require-program';
import { afterAll, describe, expect, test } from 'vitest';
import { startServer } from '../support.ts';
import { collectOutcome, NOTES, ON_TERMINAL, runCommand, runNotes, startCommand } from './run.ts';

const mock = await startMock();
afterAll(() => mock.close());

const CUSTOMER = {
  object: 'customer',
  id: 1340573,
  stripe_id: 'cus_1234ABCD',
  extra_id: null,
  total_contract_value: 629100,
  current_mrr: 69900,
  current_subscription_count: 1,
  currency: 'usd',
};

/** Starts a server that answers every request with the status and the body. Returns its URL. */
function startAnswering(status: number, body: unknown, headers: Record<string, string> = {}): Promise<string> {
  return startServer((_, response) => response.writeHead(status, headers).end(JSON.stringify(body)));
}

test('prints JSON into a pipe', async () => {
  const { code, stdout, stderr } = await runCommand(['customers', 'retrieve', 'cus_1234ABCD'], mock);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual(CUSTOMER);
});

describe('on a terminal', () => {
  test('prints a table', async (context) => {
    const wrapper = [await requireProgram(context, 'python3'), ...ON_TERMINAL];
    const { code, stdout } = await runCommand(['customers', 'retrieve', 'cus_1234ABCD'], { ...mock, wrapper });

    expect(stdout.replaceAll('\r\n', '\n')).toBe(`ID                          1340573
Stripe ID                   cus_1234ABCD
Extra ID                    –
Total contract value        $6,291.00
Current MRR                 $699.00
Current subscription count  1
Currency                    usd
`);
    expect(code).toBe(0);
  });

  test('prints JSON with --json, before or after the command', async (context) => {
    const wrapper = [await requireProgram(context, 'python3'), ...ON_TERMINAL];
    for (const args of [
      ['--json', 'customers', 'retrieve', 'cus_1234ABCD'],
      ['customers', 'retrieve', 'cus_1234ABCD', '--json'],
    ]) {
      const { stdout } = await runCommand(args, { ...mock, wrapper });
      expect(JSON.parse(stdout)).toEqual(CUSTOMER);
    }
  });

  test('shows why it waits before it tries again', async (context) => {
    let requests = 0;
    const url = await startServer((_, response) => {
      const hasFailed = requests++ === 0;
      response.writeHead(hasFailed ? 503 : 200, { 'Retry-After': '0' });
      response.end(JSON.stringify(hasFailed ? { error: { type: 'api_error', message: 'Closed.' } } : CUSTOMER));
    });
    const wrapper = [await requireProgram(context, 'python3'), ...ON_TERMINAL];
    const { stdout } = await runCommand(['customers', 'retrieve', 'a', '--json'], { url, wrapper });

    expect(stdout).toMatch(/^Closed\. Trying again in 0 s\.\r.*\{\r\n/);
  });

  test('returns the exit code of an error', async (context) => {
    const wrapper = [await requireProgram(context, 'python3'), ...ON_TERMINAL];
    expect(await runCommand(['customers', 'retrieve', 'nobody'], { ...mock, wrapper })).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/^firstofficer: No such customer\. Request ID: req_\S+\.\r\n$/),
    });
  });
});

describe('exits with', () => {
  const retrieve = ['customers', 'retrieve', 'cus_1234ABCD', '--max-retries', '0'];
  const error = (message: string, type = 'invalid_request_error') => ({ error: { type, message, param: 'customer' } });

  test.each([
    [1, 418, error('No.'), 'Check --url.'],
    [3, 404, error('No such customer.'), 'firstofficer: No such customer.'],
    [4, 401, error('Invalid API Key provided.'), 'Check the API key in FIRSTOFFICER_TOKEN.'],
    [5, 429, error('Too many requests.'), 'Try again in 90 seconds.'],
    [5, 502, error('Bad gateway.'), 'firstofficer: '],
    [5, 503, error('Try again.', 'api_error'), 'Request ID: req_7.'],
    [1, 200, { object: 'invoice' }, 'not a customer'],
  ])('%i for status %i and %j', async (code, status, body, message) => {
    const url = await startAnswering(status, body, { 'Retry-After': '90', 'X-Request-Id': 'req_7' });
    const outcome = await runCommand(retrieve, { url });

    expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
  });

  test('5 if nothing listens, with the reason', async () => {
    const outcome = await runCommand(retrieve, { url: 'http://127.0.0.1:1' });

    expect(outcome).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringContaining('Check the network and --url.'),
    });
    expect(outcome.stderr).toMatch(/ECONNREFUSED|bad port/);
    expect(outcome.stderr).not.toContain('cause');
  });

  test('130 after Ctrl-C while it reads its input', async () => {
    const child = startCommand(['notes', 'create', '--data', '-'], { ...mock, program: NOTES });
    // The text is longer than a pipe, so the command has read some of it when the write ends.
    child.stdin?.write('x'.repeat(1_000_000), () => child.kill('SIGINT'));

    expect(await collectOutcome(child)).toEqual({ code: 130, stdout: '', stderr: 'firstofficer: interrupted.\n' });
  });

  test('130 after Ctrl-C', async () => {
    const child = await new Promise<ReturnType<typeof startCommand>>((resolve) => {
      void startServer(() => resolve(started)).then((url) => {
        started = startCommand(['customers', 'retrieve', 'cus_1'], { url });
      });
      let started: ReturnType<typeof startCommand>;
    });
    child.kill('SIGINT');

    expect(await collectOutcome(child)).toEqual({ code: 130, stdout: '', stderr: 'firstofficer: interrupted.\n' });
  });
});

test.each([
  [['customers', 'retrieve'], 'pass customer, or --file'],
  [['customers', 'retrieve', ''], 'customer must be a non-empty string'],
  [['customers', 'retrieve', 'a', 'b'], 'too many arguments'],
  [['customers', 'retrieve', 'a', '--file', 'b'], 'either customer or --file'],
  [['customers', 'retrieve', 'a', '--format', 'csv'], 'need --file'],
  [['customers', 'retrieve', 'a', '--url', 'http://example.com'], '--url (or FIRSTOFFICER_URL) must be an https URL'],
  [['customers', 'retrieve', 'a', '--time-limit', '0'], 'It must be a number above 0.'],
  [['customers', 'retrieve', '--file', 'no-such-file'], 'no such file'],
  [['customers', 'retreive', 'a'], 'Did you mean retrieve?'],
])('%j exits with 2', async (args, message) => {
  expect(await runCommand(args, mock)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});

test('variables that are empty have no effect', async () => {
  const wrapper = ['env', 'FIRSTOFFICER_TIME_LIMIT=', 'FIRSTOFFICER_MAX_RETRIES='];

  expect(await runCommand(['customers', 'retrieve', 'cus_1234ABCD'], { ...mock, wrapper })).toMatchObject({ code: 0 });
});

test('exits with 2 if there is no key', async () => {
  expect(await runCommand(['customers', 'retrieve', 'a'], { ...mock, token: '' })).toMatchObject({
    code: 2,
    stderr: 'firstofficer: the API key is missing. Set FIRSTOFFICER_TOKEN or pass --token.\n',
  });
});

test.each([
  [['--tokne=sesame-open', 'customers', 'retrieve', 'a']],
  [['customers', 'retrieve', 'a', '--tokensesame-open']],
  [['customers', 'retrieve', 'a', '-tsesame-open']],
  [['sesame-open', 'customers', 'retrieve', 'a']],
  [['customers', 'sesame-open']],
  [['customers', 'retrieve', 'a', 'sesame-open']],
  [['customers', 'retrieve', 'a', '--token', 'sesame-open"']],
  [['customers', 'retrieve', 'a', '--token=sesame-open']],
  [['customers', 'retrieve', 'a', '--url', 'https://sesame-open@example.com']],
  [['--help']],
])('%j prints no key', async (args) => {
  const { stdout, stderr } = await runCommand(args, { ...mock, token: 'sesame-open' });

  expect(stdout + stderr).not.toMatch(/sesame|open"/);
});

test('the key of an error message is removed', async () => {
  const url = await startAnswering(404, {
    error: { type: 'invalid_request_error', message: 'The key sesame-open is unknown.', param: 'customer' },
  });
  const { stderr } = await runCommand(['customers', 'retrieve', 'a'], { url, token: 'sesame-open' });

  expect(stderr).toContain('firstofficer: The key [API key] is unknown.');
});

test('help contains the options, an example and the exit codes', async () => {
  for (const args of [[], ['customers', 'retrieve']]) {
    const { code, stdout } = await runCommand([...args, '--help'], mock);

    expect(code).toBe(0);
    for (const text of [
      formatCommands('npx -y @firstofficer/client customers retrieve cus_1234ABCD'),
      'FIRSTOFFICER_TOKEN',
      'FIRSTOFFICER_URL',
      'Exit codes: 0 success',
    ]) {
      expect(stdout).toContain(text);
    }
  }
});

test('--version prints the version', async () => {
  expect((await runCommand(['--version'], mock)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe('another description has commands without further code', () => {
  test('with query parameters and a list', async (context) => {
    const notes = await runNotes(['notes', 'list', '--limit', '2']);

    expect(notes).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(notes.stdout)).toMatchObject({ object: 'list', data: [{ id: 'note_1' }, { id: 'note_2' }] });

    const wrapper = [await requireProgram(context, 'python3'), ...ON_TERMINAL];
    expect((await runNotes(['notes', 'list', '--limit', '2'], { wrapper })).stdout.replaceAll('\r\n', '\n')).toBe(
      `ID      Text
note_1  Call back
note_2  Ask for a logo

Has more  true
`,
    );
  });

  test('with a header parameter', async () => {
    expect(await runNotes(['notes', 'list', '--limit', '2', '--x-language', 'en'])).toMatchObject({ code: 0 });
    expect(await runNotes(['notes', 'list', '--x-language', 'fr'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Allowed choices are en, de.'),
    });
  });

  test('with a body', async () => {
    for (const [data, input] of [['{"text":"Renews in May"}'], ['-', '{"text":"Renews in May"}']]) {
      const { code, stdout } = await runNotes(['notes', 'create', '--data', `${data}`], input ? { input } : {});

      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({ object: 'note', id: 'note_3', text: 'Renews in May' });
    }
  });

  test.each([
    [['notes', 'create'], "required option '--data <json>' not specified"],
    [['notes', 'create', '--data', '{secret'], '--data must be JSON'],
    [['notes', 'create', '--data', '@no-such-file'], 'no such file'],
    [['notes', 'list', '--limit', 'two'], 'It must be an integer.'],
    [['notes', 'delete'], "missing required argument 'note'"],
  ])('%j exits with 2', async (args, message) => {
    const { code, stderr } = await runNotes(args);

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(stderr).not.toContain('secret');
  });

  test('without a body in the response', async (context) => {
    expect(await runNotes(['notes', 'delete', 'note_1'])).toEqual({ code: 0, stdout: '', stderr: '' });

    const wrapper = [await requireProgram(context, 'python3'), ...ON_TERMINAL];
    expect((await runNotes(['notes', 'delete', 'note_1'], { wrapper })).stdout).toBe('Done.\r\n');
  });

  test('with errors', async () => {
    expect(await runNotes(['notes', 'delete', 'note_404'])).toEqual({
      code: 3,
      stdout: '',
      stderr: 'firstofficer: No note has this ID.\n',
    });
  });
});
