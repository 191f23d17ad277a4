import { execFile } from 'node:child_process';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { formatCommands, ROOT } from '@firstofficer/testing/commands';
import { describe, expect, type TestContext, test } from 'vitest';
import { parse } from 'yaml';
import { startServer, TOKEN } from '../selftest/index.ts';
import { CLI_ARGUMENTS, createEnvironment } from '../test/contract-command.ts';
import { localServer } from '../test/local-server.ts';
import { temporaryFolder } from '../test/temporary-file.ts';

const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));

const NPM = 'npx -y @firstofficer/contract';
const CLONE = 'node --conditions=@firstofficer/source firstofficer/packages/contract/src/cli.ts';

/** Returns the command lines of a workflow that run the contract tests. */
async function commandsOf(file: string, published: boolean): Promise<string[]> {
  const lines: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.startsWith(published ? NPM : CLONE)) lines.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(parse(formatCommands(await readFile(EXAMPLES + file, 'utf8'), { published })));
  return lines;
}

/** Runs a command line like the shell of a CI service, with the command from source instead of the installed one. */
async function run(line: string, cwd: string, environment: Record<string, string>) {
  // The clone that the workflow creates.
  await symlink(ROOT, `${cwd}/firstofficer`).catch(() => {});
  const command = line
    .replace(NPM, [process.execPath, ...CLI_ARGUMENTS].map((argument) => `'${argument}'`).join(' '))
    .replace(/^node /, `'${process.execPath}' `);
  return new Promise<{ code: number; output: string }>((resolve) => {
    execFile('sh', ['-c', command], { cwd, env: createEnvironment(environment) }, (error, output, errors) =>
      resolve({ code: error ? Number(error.code) : 0, output: output + errors }),
    );
  });
}

async function live({ onTestFinished }: TestContext): Promise<Record<string, string>> {
  const server = await startServer();
  onTestFinished(() => server.close());
  return { FIRSTOFFICER_URL: server.url, FIRSTOFFICER_TOKEN: TOKEN, FIRSTOFFICER_CUSTOMER: 'cus_1234ABCD' };
}

describe.concurrent.each([
  ['github-actions.yml', true],
  ['gitlab-ci.yml', false],
] as const)('%s, published: %s', (file, published) => {
  test('tests the mock, and a live API with its secrets', async (context) => {
    const [mock, api] = await commandsOf(file, published);
    const environments = [{}, await live(context)];
    for (const [index, line] of [mock, api].entries()) {
      const folder = await temporaryFolder(context);
      // This tests the command line, so one check is enough.
      await writeFile(
        `${folder}/firstofficer-contract.json`,
        '{"only": ["example_conformance"], "filter": "^retrieveCustomer "}',
      );

      expect(await run(line ?? '', folder, environments[index] ?? {})).toMatchObject({ code: 0 });
      expect(await readdir(`${folder}/contract`)).toContain('report.html');
    }
  });
});

const THINGS = `openapi: 3.0.3
info: { title: Things, version: 1.0.0 }
security: [{ bearerAuth: [] }]
paths:
  /things/{id}:
    get:
      operationId: retrieveThing
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: A thing. }, '401': { description: Out. }, '404': { description: None. } }
  /admin/things:
    get: { responses: { '200': { description: All things. }, '401': { description: Out. } } }
components: { securitySchemes: { bearerAuth: { type: http, scheme: bearer } } }
`;

/** Starts another API, which also serves its description. Returns its URL, and the paths that were requested. */
async function startThings(context: TestContext): Promise<{ url: string; paths: Set<string> }> {
  const paths = new Set<string>();
  const url = await localServer(context, ({ url: path = '', headers }, response) => {
    paths.add(path);
    if (path === '/openapi.yaml') response.end(THINGS);
    else if (headers.authorization !== `Bearer ${TOKEN}`) response.writeHead(401).end();
    else response.writeHead(path === '/things/7' || path === '/admin/things' ? 200 : 404).end();
  });
  return { url, paths };
}

describe.concurrent.each([
  ['other-api-github.yml', false],
  ['other-api-gitlab.yml', true],
] as const)('%s, published: %s', (file, published) => {
  test('tests another API on this machine, and one that is deployed', async (context) => {
    const { url, paths } = await startThings(context);
    const [local = '', deployed = ''] = await commandsOf(file, published);
    const secrets = { FIRSTOFFICER_URL: url, FIRSTOFFICER_AUTH_BEARERAUTH: TOKEN };
    const folder = await temporaryFolder(context, {
      'openapi.yaml': THINGS,
      'contract-baseline.json': '{"findings":[]}',
      // This tests the command line, so one check is enough.
      'firstofficer-contract.json': '{"only": ["ignored_auth"], "parameter": ["id=7"]}',
    });

    expect(await run(local, folder, { ...secrets, FIRSTOFFICER_SPEC: 'openapi.yaml' })).toMatchObject({ code: 0 });
    expect(await readdir(`${folder}/contract`)).toContain('report.html');
    expect(paths).toContain('/admin/things');

    paths.clear();
    const remote = { ...secrets, FIRSTOFFICER_SPEC: `${url}/openapi.yaml` };
    expect(await run(deployed, folder, remote)).toMatchObject({ code: 0 });
    expect(paths).toContain('/openapi.yaml');
    expect(paths).not.toContain('/admin/things');
  });
});
