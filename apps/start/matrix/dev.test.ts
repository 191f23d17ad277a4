import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { expect, type TestContext, test } from 'vitest';
import { readFirstExample } from '../src/start.ts';
import { addressOf, launch, NOTHING_LEFT } from '../test/support/launch.ts';

// The limits only end a test that hangs.
const POLL = { timeout: 40_000, interval: 100 };

/** Runs `pnpm dev` for a copy of the description. */
async function launchDev(context: TestContext) {
  const folder = await createTemporaryFolder(context);
  const spec = join(folder, 'openapi.yaml');
  for (const name of ['openapi.yaml', 'redocly.yaml', 'redocly-plugin.ts']) {
    const original = new URL(name, import.meta.resolve('@firstofficer/spec/openapi.yaml'));
    await copyFile(fileURLToPath(original), join(folder, name));
  }
  const options = ['--mock-port', '0', '--docs-port', '0', '--spec', spec, '--types', folder];
  const run = await launch(context, { command: 'dev-cli.ts', options });
  const output = await run.readUntil('Press Ctrl-C');
  const { path } = await readFirstExample();
  const mock = `${addressOf('Mock', output)}${path}`;
  const docs = `${addressOf('Docs', output)}/reference/customers/retrievecustomer`;
  return {
    ...run,
    async edit(text: string, replacement: string): Promise<void> {
      const before = await readFile(spec, 'utf8');
      expect(before).toContain(text);
      await writeFile(spec, before.replace(text, replacement));
    },
    readTypes: () => readFile(join(folder, 'openapi.ts'), 'utf8'),
    readCustomer: async () =>
      (await fetch(mock, { headers: { Authorization: `Token token="${DEFAULT_TOKEN}"` } })).json(),
    readDocs: async () => (await fetch(docs)).text(),
  };
}

test('updates types, mock and docs when the description is saved, and keeps them while it is invalid', async (context) => {
  const { child, edit, readTypes, readCustomer, readDocs, readUntil, end } = await launchDev(context);
  expect(await readTypes()).toContain('Retrieve a customer');

  await edit('summary: Retrieve a customer', 'summary: Fetch a customer');
  await edit('current_mrr: 69900', 'current_mrr: 79900');
  await expect.poll(readTypes, POLL).toContain('Fetch a customer');
  await expect.poll(readCustomer, POLL).toMatchObject({ current_mrr: 79900 });
  await expect.poll(readDocs, POLL).toContain('Fetch a customer');

  await edit('current_mrr: 79900', 'current_mrr: 89900');
  await edit('summary: Fetch a customer', 'sumary: Get a customer');
  const output = await readUntil('`sumary` is not expected here');
  expect(output).toMatch(
    /is invalid\. Types, mock and docs stay as they were\.\n {2}openapi\.yaml:54:7 .*\/get\/sumary\n/,
  );
  expect(await readTypes()).toContain('Fetch a customer');
  expect(await readCustomer()).toMatchObject({ current_mrr: 79900 });
  expect(await readDocs()).toContain('Fetch a customer');

  await edit('sumary: Get a customer', 'summary: Get a customer');
  await expect.poll(readTypes, POLL).toContain('Get a customer');
  await expect.poll(readCustomer, POLL).toMatchObject({ current_mrr: 89900 });
  await expect.poll(readDocs, POLL).toContain('Get a customer');

  child.kill('SIGINT');
  expect(await end()).toEqual(NOTHING_LEFT);
});

test('an invalid description at the start ends dev with its problems', async (context) => {
  const folder = await createTemporaryFolder(context, { 'openapi.yaml': 'openapi: [3.1.1' });
  const { end } = await launch(context, {
    command: 'dev-cli.ts',
    options: ['--spec', join(folder, 'openapi.yaml'), '--types', folder],
  });

  const { code, errors } = await end();
  expect(code).toBe(1);
  expect(errors).toMatch(/openapi\.yaml is invalid.*openapi\.yaml:1:\d+\n/s);
});
