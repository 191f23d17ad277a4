import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { runSource } from '@firstofficer/testing/run-command';
import { expect, onTestFinished, test } from 'vitest';
import { runTests } from '../src/impact/clients.ts';
import { createSandbox, findTag } from '../src/impact/sandbox.ts';

const PACKAGE = join(import.meta.dirname, '..');
const SPEC = join(PACKAGE, '../../spec/openapi.yaml');
const spec = (await readFile(SPEC, 'utf8')).replace(/^ {2}version: .*/m, '  version: 1.0.0');
// Each test starts about ten processes.
const TIMEOUT = 300_000;

/** Replaces a text that must be there. */
function replace(text: string, from: string | RegExp, to: string): string {
  expect(text).toMatch(from);
  return text.replaceAll(from, () => to);
}

/** Runs the command for a revision, with the clients. */
async function compare(version: string, edit: (text: string) => string) {
  const revision = edit(replace(spec, 'version: 1.0.0', `version: ${version}`));
  const folder = await createTemporaryFolder({ onTestFinished }, { 'base.yaml': spec, 'revision.yaml': revision });
  const args = ['--base', 'base.yaml', '--revision', 'revision.yaml', '--clients', '--summary', 'summary.md'];
  const options = { cwd: folder, env: { NO_COLOR: '1' } };
  const { code, stdout } = await runSource(join(PACKAGE, 'src/cli.ts'), args, options);
  return { code, stdout, summary: await readFile(join(folder, 'summary.md'), 'utf8') };
}

/** Returns the lines of a summary before its details. */
function getOverview(summary: string): string[] {
  return summary
    .slice(0, summary.search(/<details>|$/))
    .split('\n')
    .filter(Boolean);
}

const PASSED = expect.stringMatching(
  /^\| The previous client \(1\.0\.0\) against the new mock \| ✅ \d+ tests passed \|$/,
);
const NEW_PASSED = expect.stringMatching(
  /^\| The new client against the previous mock \(1\.0\.0\) \| ✅ \d+ tests passed \|$/,
);

test('a word: comments and pages change, and both clients pass', { timeout: TIMEOUT }, async () => {
  const { code, summary } = await compare('1.0.1', (text) =>
    replace(text, "The customer's ID in FirstOfficer.", "The customer's ID in FirstOfficer. It never changes."),
  );

  expect(getOverview(summary)).toEqual([
    '## API description',
    '✅ **Words: needs 1.0.1, info.version is 1.0.1**',
    '| What | Result |',
    '| --- | --- |',
    '| Changes | Words: 1 |',
    '| Version | 1.0.0 → 1.0.1, needs 1.0.1 |',
    '| Types of the client | only comments change |',
    '| Pages of the docs | Retrieve a customer, Customer (schema) |',
    PASSED,
    NEW_PASSED,
    '### Words',
    '- The description of the member `id` of the response 200 of retrieveCustomer changes.',
  ]);
  expect(summary).toContain(
    "\n+| `id` | integer | yes | at least 1 | The customer's ID in FirstOfficer. It never changes. |\n",
  );
  expect(code).toBe(0);
});

test('an added member: the types gain it, and both clients pass', { timeout: TIMEOUT }, async () => {
  const member = "plan:\n          type: string\n          description: The name of the customer's plan.\n";
  const { code, summary } = await compare('1.1.0', (text) => {
    const required = replace(
      text,
      '        - currency\n      properties:\n',
      '        - currency\n        - plan\n      properties:\n',
    );
    const described = replace(
      required,
      '    Amount:\n      type: integer',
      `        ${member}    Amount:\n      type: integer`,
    );
    return replace(described, /currency: usd$/gm, 'currency: usd\n        plan: Pro').replaceAll(
      /currency: (eur|jpy)$/gm,
      'currency: $1\n        plan: Pro',
    );
  });

  expect(getOverview(summary)).toEqual([
    '## API description',
    '✅ **Addition: needs 1.1.0, info.version is 1.1.0**',
    '| What | Result |',
    '| --- | --- |',
    '| Changes | Additions: 1, Words: 1 |',
    '| Version | 1.0.0 → 1.1.0, needs 1.1.0 |',
    '| Types of the client | 1 line added, 0 removed |',
    '| Pages of the docs | Retrieve a customer, Customer (schema) |',
    PASSED,
    NEW_PASSED,
    '### Additions',
    '- The response 200 of retrieveCustomer gains the member `plan`.',
    '### Words',
    '- The examples of the response 200 of retrieveCustomer change.',
  ]);
  expect(summary).toContain('@@ components › schemas › Customer @@\n');
  expect(summary).toContain('\n+            plan: string;\n');
  expect(code).toBe(0);
});

test('a removed member: the previous client fails, and so does the command', { timeout: TIMEOUT }, async () => {
  const { code, stdout, summary } = await compare('1.1.0', (text) =>
    replace(text, /^ +(- current_subscription_count|current_subscription_count: \d)\n/gm, '').replace(
      /^ {8}current_subscription_count:\n( {10}.*\n)+/m,
      '',
    ),
  );

  expect(getOverview(summary)).toEqual([
    '## API description',
    '❌ **Breaking: needs 2.0.0, info.version is 1.1.0**',
    '- revision.yaml:4: info.version is 1.1.0, too low for these changes. Set it to 2.0.0.',
    '- Tests fail: the previous client (1.0.0) against the new mock. Keep the API compatible, or make info.version a major version.',
    '| What | Result |',
    '| --- | --- |',
    '| Changes | Breaking: 1, Words: 1 |',
    '| Version | 1.0.0 → 1.1.0, needs 2.0.0 |',
    '| Types of the client | 0 lines added, 1 removed |',
    '| Pages of the docs | Retrieve a customer, Customer (schema) |',
    expect.stringMatching(/^\| Guides and code samples \| \d+ mentions of removed names \|$/),
    expect.stringMatching(/^\| The previous client \(1\.0\.0\) against the new mock \| ❌ \d+ of \d+ tests failed \|$/),
    NEW_PASSED,
    '### Breaking',
    '- The response 200 of retrieveCustomer loses the member `current_subscription_count`.',
    '### Words',
    '- The examples of the response 200 of retrieveCustomer change.',
  ]);
  expect(summary).toContain("body must have required property 'current_subscription_count'");
  expect(stdout).toMatch(/^breaking: needs 2\.0\.0, info\.version is 1\.1\.0\n/);
  expect(stdout).toContain('✗ with auth basic retrieves the example stripe_id');
  expect(code).toBe(1);
});

test('the client of a tag has the sources and generated files of the tag', { timeout: TIMEOUT }, async () => {
  const repository = await createTemporaryFolder({ onTestFinished });
  const run = (...args: string[]) => promisify(execFile)('git', args, { cwd: repository });
  await run('clone', '--quiet', '--bare', '--shared', join(PACKAGE, '../..'), '.');
  expect(await findTag('0.0.1', repository)).toBeUndefined();
  await run('tag', '@firstofficer/client@0.0.1');
  const tag = await findTag('0.0.1', repository);
  expect(tag).toBe('@firstofficer/client@0.0.1');
  await using sandbox = await createSandbox({ spec: SPEC, tag, repository });

  const file = 'src/generated/openapi.ts';
  const { stdout } = await run('show', `HEAD:packages/client/${file}`);
  expect(await readFile(join(sandbox.folder, file), 'utf8')).toBe(stdout);
  expect(await runTests(sandbox, { spec: SPEC, isOlder: false })).toMatchObject({ failures: [] });
});
