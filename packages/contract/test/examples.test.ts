import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, type TestContext, test } from 'vitest';
import { parse } from 'yaml';
import { startServer, TOKEN } from '../selftest/index.ts';
import { CLI_ARGUMENTS, createEnvironment } from './contract-command.ts';
import { temporaryFolder } from './temporary-file.ts';

const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));

/** Returns the command lines of a workflow that run the contract tests. */
async function commandsOf(file: string): Promise<string[]> {
  const lines: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.includes('@firstofficer/contract')) lines.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(parse(await readFile(EXAMPLES + file, 'utf8')));
  return lines;
}

/** Runs a command line like the shell of a CI service, with the command from source instead of the installed one. */
function run(line: string, cwd: string, environment: Record<string, string>) {
  const command = line.replace(
    'npx -y @firstofficer/contract',
    [process.execPath, ...CLI_ARGUMENTS].map((argument) => `'${argument}'`).join(' '),
  );
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

describe.concurrent.each(['github-actions.yml', 'gitlab-ci.yml'])('%s', (file) => {
  test('tests the mock, and a live API with its secrets', async (context) => {
    const [mock, api] = await commandsOf(file);
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
