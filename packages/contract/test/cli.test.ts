import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { startMock } from '@firstofficer/mock';
import { describe, expect, type TestContext, test } from 'vitest';
import { startServer, TOKEN, type Variant } from '../selftest/index.ts';
import { contract, startContract } from './contract-command.ts';
import { listen, localServer } from './local-server.ts';
import { temporaryFile, temporaryFolder } from './temporary-file.ts';

// A check that sends few requests, for tests that work with any check.
const ONE_CHECK = ['--only', 'example_conformance'];
// A few requests for checks that send none themselves.
const FEW_REQUESTS = ['--filter', '^retrieveCustomer (example_conformance|ignored_auth)'];
// The test cases of the only operation that the correct server has.
const ONE_OPERATION = ['--filter', '^retrieveCustomer '];

/** Starts a variant of the correct server and returns the options that select it. */
async function startVariant({ onTestFinished }: TestContext, variant?: Variant): Promise<string[]> {
  const server = await startServer(variant);
  onTestFinished(() => server.close());
  return ['--url', server.url, '--token', TOKEN, ...ONE_OPERATION];
}

const withCountry: Variant = {
  serialize: (body) => JSON.stringify(body).replace('{"object"', '{"country":"FI","object"'),
};
const withoutChallenge: Variant = {
  changeAnswer: (answer) => (answer.status === 401 ? { ...answer, headers: {} } : answer),
};
const withCounter: Variant = {
  serialize: (body, { number }) => JSON.stringify(body).replace('69900', String(number)),
};
const withText: Variant = { serialize: (body) => JSON.stringify(body).replace('69900', '"69900"') };

// Concurrent tests must clean up through their own context, because the global hook knows only one test at a time.
describe.concurrent('exit code 0: the server passes', () => {
  test('the mock passes every check', async () => {
    const { code, output } = await contract([]);

    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringMatching(/Contract tests passed: \d+ checks of http:\/\/127\.0\.0\.1:\d+\.\n$/),
    });
    expect(output).toMatch(
      /retrieveCustomer: statuses (\d+)\/\1, headers (\d+)\/\2, examples (\d+)\/\3, security 2\/2/,
    );
    // Checks of parameters do not run for an operation without parameters.
    expect(output).toMatch(/\d+ checks( \(\d+ skipped\))?(, \d+ notes?)?, [\d,]+ requests in .+, seed \d+/);
    // Only what the description itself says may be noted.
    expect(output).not.toMatch(/^note (?!deprecations$)/m);
  });

  test('the mock ignores a key in the environment', async () => {
    expect(await contract(ONE_CHECK, { FIRSTOFFICER_TOKEN: 'sesame' })).toMatchObject({ code: 0 });
  });

  test('the URL and the key come from the environment', async ({ onTestFinished }) => {
    const mock = await startMock({ token: 'sesame-open' });
    onTestFinished(() => mock.close());
    const environment = { FIRSTOFFICER_URL: mock.url, FIRSTOFFICER_TOKEN: 'sesame-open', FIRSTOFFICER_SEED: '7' };
    const { code, output } = await contract(ONE_CHECK, environment);

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(`of ${mock.url}.`) });
    expect(output).toContain('seed 7');
    expect(output).not.toContain('sesame');
  });

  test('an undocumented member is one note', async (context) => {
    const { code, output } = await contract([
      ...(await startVariant(context, withCountry)),
      ...FEW_REQUESTS,
      '--only',
      'undocumented_members',
    ]);

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('Contract tests passed') });
    expect(output.match(/^note .*$/gm)).toEqual(['note undocumented_members']);
    expect(output).toContain('body/country');
  });

  test.for([
    ['firstofficer', 1],
    ['generic', 0],
  ] as const)('responses that change are an error only in the profile firstofficer: %s', async (profile, context) => {
    const options = [...(await startVariant(context, withCounter)), '--only', 'repeatability'];
    const { code, output } = await contract([...options, '--profile', profile[0]]);

    expect(code).toBe(profile[1]);
    expect(output).toContain(`${profile[1] === 1 ? 'error' : 'note'} repeatability`);
    expect((await contract(options)).code).toBe(1);
  });

  test('a customer is named by identifier and email address', async () => {
    const options = ['--customer', 'cus_3456DEFG', '--email', 'jane+billing@example.com', '--only', 'same_customer'];

    expect(await contract(options)).toMatchObject({ code: 0 });
  });

  test('customers come from a file', async (context) => {
    const file = await temporaryFile(
      context,
      '[{"id":1340618,"stripe_id":"cus_3456DEFG","extra_id":"workspace-8812","current_mrr":49800},{"id":1338204}]',
    );

    expect(await contract(['--customers', file, '--only', 'known_customer'])).toMatchObject({ code: 0 });
  });

  test('options come from the configuration file', async (context) => {
    const [, url] = await startVariant(context);
    const config = await temporaryFile(
      context,
      JSON.stringify({ url, only: ['example_conformance'], filter: ONE_OPERATION[1], seed: 5 }),
    );
    const { code, output } = await contract(['--config', config], { FIRSTOFFICER_TOKEN: TOKEN });

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(`1 check of ${url}.`) });
    expect(output).toContain('seed 5');
  });
});

describe.concurrent('exit code 1: the server fails', () => {
  test.for([
    ['a wrong type', withText, 'response_schema_conformance', 'body/current_mrr must be integer', '"69900"'],
    ['no challenge', withoutChallenge, 'response_headers_conformance', 'header WWW-Authenticate', 'no such header'],
  ] as const)(
    '%s: the output has the expectation, its place, the response and a command to repeat it',
    async (fault, context) => {
      const [, variant, check, expected, actual] = fault;
      const options = await startVariant(context, variant);
      const { code, output, errors } = await contract([...options, ...FEW_REQUESTS, '--only', check]);

      expect(code).toBe(1);
      expect(output).toContain(`error ${check}`);
      expect(output).toContain(expected);
      expect(output).toContain(actual);
      // A long path to the description moves the pointer to a separate line.
      expect(output).toMatch(/openapi\.yaml:\d+\s+\(#\/components\//);
      expect(output).toMatch(/^ {2}curl .*'http:\/\/127\.0\.0\.1:\d+\/v2\/customers\/.*'$/m);
      expect(output).toMatch(/Contract tests failed: 1 of \d+ checks? of http:.*\.\n$/);
      expect(output + errors).not.toContain(TOKEN);
    },
  );

  test('a note fails the run with --strict', async (context) => {
    const options = [
      ...(await startVariant(context, withCountry)),
      '--only',
      'undocumented_members',
      '--strict',
      ...FEW_REQUESTS,
    ];

    expect(await contract(options)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('--strict: failed because of 1 note'),
    });
  });

  test('a customer that the target does not have', async () => {
    const { code, output } = await contract(['--customer', 'jane@example.com', '--only', 'known_customer']);

    expect(code).toBe(1);
    expect(output).toContain('customer 1, by --customer');
  });

  test('a redirect is reported and not followed', async (context) => {
    const url = await localServer(context, (_, response) => response.writeHead(301, { Location: '/elsewhere' }).end());
    const { code, output } = await contract([
      '--url',
      url,
      '--token',
      TOKEN,
      ...FEW_REQUESTS,
      ...ONE_CHECK,
      'status_code_conformance',
    ]);

    expect(code).toBe(1);
    expect(output).toContain('status 301, to /elsewhere');
  });

  test('a server that stops ends the run early', async (context) => {
    let requests = 0;
    const server = createServer((request, response) => {
      requests += 1;
      if (requests < 20) return response.end();
      server.close();
      return request.socket.destroy();
    });
    const { code, output } = await contract(['--url', await listen(context, server), '--token', TOKEN]);

    expect(code).toBe(1);
    expect(output).toContain('no_response');
    expect(output).toContain('The run ended early');
  });
});

test('exit code 2: wrong usage', async () => {
  expect(await contract(['--tokne=sesame'])).toMatchObject({
    code: 2,
    errors: expect.stringContaining("unknown option '--tokne=…'"),
  });
});

test('exit code 3: the target cannot be reached', async () => {
  const mock = await startMock();
  await mock.close();

  expect(await contract(['--url', mock.url, '--token', 'sesame'])).toEqual({
    code: 3,
    output: '',
    errors: `firstofficer-contract: cannot reach ${mock.url}: nothing listens there (ECONNREFUSED). Check the URL and that the server is running.\n`,
  });
});

test('exit code 4: a report cannot be written, and the others are', async (context) => {
  const folder = await temporaryFolder(context);
  const { code, errors } = await contract([
    ...ONE_CHECK,
    '--report',
    `json=${folder}`,
    `junit=${join(folder, 'a/b.xml')}`,
  ]);

  expect({ code, errors }).toEqual({ code: 4, errors: expect.stringContaining(`--report json=${folder}`) });
  expect(await readFile(join(folder, 'a/b.xml'), 'utf8')).toContain('example_conformance');
});

test('all reports and the archive have the findings, and none has the key', async (context) => {
  const folder = await temporaryFolder(context);
  const files = ['junit', 'json', 'ctrf', 'sarif', 'html'].map((format) => `${format}=${join(folder, format)}`);
  const echoing: Variant = {
    changeAnswer: (answer, { headers }) => ({
      ...answer,
      headers: { ...answer.headers, 'X-Echo': headers.authorization ?? '' },
    }),
  };
  const options = await startVariant(context, echoing);
  const only = ['--only', 'credentials_disclosure', 'ignored_auth'];
  const har = join(folder, 'har');
  const { code, output } = await contract([...options, ...only, '--report', ...files, 'github', '--har', har]);
  const reports = await Promise.all(
    ['junit', 'json', 'ctrf', 'sarif', 'html'].map((format) => readFile(join(folder, format), 'utf8')),
  );

  expect(code).toBe(1);
  for (const report of [...reports, output]) expect(report).toContain('credentials_disclosure');
  expect(output).toContain('::error file=');
  for (const text of [...reports, output, await readFile(har, 'utf8')]) {
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(TOKEN.slice(0, -1));
    expect(text).not.toContain(btoa(`${TOKEN}:`).slice(0, 12));
  }
});

test('a seed repeats the generated values', async (context) => {
  const folder = await temporaryFolder(context);
  const targets = async (run: string) => {
    const har = join(folder, run);
    await contract([
      ...ONE_OPERATION,
      '--only',
      'positive_data_acceptance',
      '--seed',
      '42',
      '--generated',
      '20',
      '--har',
      har,
    ]);
    const { log } = JSON.parse(await readFile(har, 'utf8')) as { log: { entries: { request: { url: string } }[] } };
    // The first request has the values of an example.
    return log.entries.slice(1).map(({ request }) => new URL(request.url).pathname);
  };
  const [first, second] = await Promise.all(['first', 'second'].map(targets));

  expect(first?.length).toBe(20);
  expect(second).toEqual(first);
});

test('--filter runs only the test cases whose name matches', async () => {
  const { code, output } = await contract(['--filter', 'exact_match: .*null']);

  expect(code).toBe(0);
  expect(output).toMatch(/, \d requests? in /);
});

test('--watch repeats the checks when the description changes, also after a mistake', async (context) => {
  const folder = await temporaryFolder(context);
  const spec = join(folder, 'openapi.yaml');
  const text = await readFile(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')), 'utf8');
  await writeFile(spec, text);
  const options = [
    ...(await startVariant(context)),
    '--spec',
    spec,
    ...ONE_CHECK,
    'response_schema_conformance',
    '--watch',
  ];
  const child = startContract(options);
  context.onTestFinished(() => void child.kill('SIGKILL'));
  const printed = (stream: Readable, end: string) => readUntil(stream.setEncoding('utf8'), end);

  await printed(child.stdout, 'Contract tests passed');
  await writeFile(spec, `${text}a: [`);
  await printed(child.stderr, 'openapi.yaml');
  await writeFile(spec, text.replace('const: customer', 'const: client'));
  await printed(child.stdout, 'Contract tests failed');
});

test('list prints every check with its severity and rationale', async () => {
  const { code, output } = await contract(['list']);

  expect(code).toBe(0);
  expect(output).toMatch(/^ {2}ignored_auth \(error\)\n {6}\S/m);
  expect(output).toMatch(/^ {2}undocumented_members \(note\)\n {6}\S/m);
  expect(output).toMatch(
    /^ {2}exact_match \(error\)\n.*\n {6}Source: the parameter customer in spec\/openapi.yaml\.$/m,
  );
});

test('--help names the options and the exit codes', async () => {
  const { code, output } = await contract(['--help']);

  expect(code).toBe(0);
  expect(output).toContain('--customers <file>');
  expect(output).toContain('4 a report cannot be written');
});

/** Reads a stream until it contains a text. Rejects if the stream ends before. */
async function readUntil(stream: Readable, end: string): Promise<void> {
  let text = '';
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes(end)) return;
  }
  throw new Error(`"${end}" did not come, but: ${text}`);
}
