import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';
import { encodeBasic, findExamplePath } from './support.ts';

test.each(['SIGINT', 'SIGTERM'] as const)(
  'prints one line when it is ready, responds to requests, and stops on %s',
  async (signal) => {
    const { child, output, exit } = runCommand('--port', '0', '--token', 'sesame');
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

test('reports a description that does not exist', async () => {
  const { code, errors } = await runCommand('--port', '0', '--spec', 'no-such.yaml').exit;

  expect(code).toBe(1);
  expect(errors).toContain('no-such.yaml');
});

test.each([
  [['--port', 'http'], 'It must be a number from 0 to 65535'],
  [['--prot', '4010'], 'Did you mean --port?'],
  [['--tokne=sesame'], "unknown option '--tokne=…'"],
  [['--token', 'se:same'], '--token must be printable ASCII'],
  [['--seed', ''], '--seed must have at least one character.'],
])('%j exits with 2 and a message that contains no key', async (options, message) => {
  const { code, errors } = await runCommand(...options).exit;

  expect(code).toBe(2);
  expect(errors).toContain(message);
  expect(errors).not.toContain('same');
});

const SCENARIOS = `# Two failures, then the normal response.
- answer:
    - { code: 429, retryAfter: 0 }
    - { code: 503 }
  times: 1
`;

test('--scenarios, --log and --no-control: answers, logs without the key, and serves no control API', async (context) => {
  const file = join(await createTemporaryFolder(context, { 'scenarios.yaml': SCENARIOS }), 'scenarios.yaml');
  const { child, output, exit } = runCommand(
    '--port',
    '0',
    '--scenarios',
    file,
    '--log',
    '--no-control',
    '--seed',
    'a b',
  );
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

test('--help lists the options and the exit codes', async () => {
  const { output, exit } = runCommand('--help');
  const help = (await output.toArray()).join('');

  expect(help).toContain('--token <key>');
  expect(help).toContain('Exit codes');
  expect((await exit).code).toBe(0);
});
