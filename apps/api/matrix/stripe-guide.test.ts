import { spawn } from 'node:child_process';
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findFreePort } from '@firstofficer/common/listen';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { createStripeServer, type StripeObject } from '@firstofficer/stripe-server';
import { expect, test } from 'vitest';
import { createStripeClient } from '../src/stripe/client/client.ts';
import { findMissingPermissions } from '../src/stripe/client/permissions.ts';
import { CLI, waitForExit } from '../test/run-command.ts';
import { readExampleAccount } from './example-account.ts';

const GUIDE = new URL('../../docs/guides/8-from-stripe-to-your-api.md', import.meta.url);
const UPGRADED_CUSTOMER = new URL('../fixtures/upgraded-customer.ndjson', import.meta.url);
const FENCE = /^```(?<lang>\w+)(?<options>[^\n]*)\n(?<source>.*?)\n```$/gms;
const SEPARATOR = '=====';

const guide = await readFile(GUIDE, 'utf8');
const fences = [...guide.matchAll(FENCE)].map(({ groups: { lang = '', options = '', source = '' } = {} }) => ({
  lang,
  options,
  source,
}));

test('the commands of the guide lead from a Stripe account to the first response', async (context) => {
  const objects = await readPayingCustomer();
  const stripe = await createStripeServer(objects, { keys: { rk_test_YourRestrictedKey: {} } });
  context.onTestFinished(() => stripe.close());
  const folder = await createTemporaryFolder(context);
  await copyFile(UPGRADED_CUSTOMER, join(folder, 'objects.ndjson'));
  await createCommand(folder);

  const shell = spawn('sh', ['-e'], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env.PATH}`, FIRSTOFFICER_STRIPE_URL: stripe.url },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  shell.stdin.end(buildScript(await findFreePort()));
  const [stdout, stderr, code] = await Promise.all([text(shell.stdout), text(shell.stderr), waitForExit(shell)]);

  expect(code, stderr).toBe(0);
  const outputs = stdout.split(SEPARATOR).map((output) => output.trim());
  for (const [index, { expected, source }] of listCommands().entries()) {
    const output = outputs[index] ?? '';
    if (expected?.lang === 'json') expect(JSON.parse(output), source).toEqual(JSON.parse(expected.source));
    if (expected?.lang === 'text') expect(output, source).toBe(expected.source);
  }
});

test('the guide lists the permissions that the sync needs', async (context) => {
  const names = 'charge customer subscription invoice credit_note dispute plan event balance'.split(' ');
  const missing = names.map((name) => `rak_${name}_read`);
  const stripe = await createStripeServer([], { keys: { rk_test_none: { missing } } });
  context.onTestFinished(() => stripe.close());

  const found = await findMissingPermissions(createStripeClient({ key: 'rk_test_none', url: stripe.url }));
  const listed = [...guide.matchAll(/^ +\| ([A-Z][A-Za-z ]+?) +\| /gm)].map(([, name]) => name).slice(1);
  expect(listed.toSorted()).toEqual(found.map(({ name }) => name).toSorted());
});

/** Returns the commands of the guide, with the fences of their expected output. */
function listCommands() {
  return fences.flatMap((fence, index) => {
    const next = fences[index + 1];
    const expected = next && ['text', 'json'].includes(next.lang) ? next : undefined;
    return fence.options.startsWith(' stripe') ? [{ ...fence, expected }] : [];
  });
}

/** Returns a script that runs all commands of the guide, and prints a separator after each of them. */
function buildScript(port: number): string {
  const url = `http://127.0.0.1:${port}`;
  return listCommands()
    .map(({ source, options }) => {
      const command = source.replaceAll('http://127.0.0.1:3000', url);
      const line = options.includes('background')
        ? `${command} --port ${port} >&2 &\ntrap "kill $!" EXIT\ncurl -s --retry 20 --retry-delay 1 --retry-connrefused ${url}/readyz >&2`
        : command;
      return `${line}\necho ${SEPARATOR}\n`;
    })
    .join('');
}

/** Creates an `npx` in a folder that runs the command of this API, as `npx -y pnpm@12 api` does in a clone. */
async function createCommand(folder: string): Promise<void> {
  const file = join(folder, 'npx');
  await writeFile(
    file,
    `#!/bin/sh\nwhile [ "$1" != api ]; do shift; done\nshift\nexec '${process.execPath}' --conditions=@firstofficer/source '${CLI}' "$@"\n`,
  );
  await chmod(file, 0o700);
}

const EXAMPLE = { customer: 'cus_1234ABCD', price: 'price_team_usd' };

/** Returns the objects of the first example customer. */
async function readPayingCustomer(): Promise<StripeObject[]> {
  const objects = await readExampleAccount();
  const invoices = objects.filter(({ customer }) => customer === EXAMPLE.customer).map(({ id }) => id);
  return objects.filter(
    ({ id, customer, invoice }) =>
      id === EXAMPLE.customer ||
      id === EXAMPLE.price ||
      customer === EXAMPLE.customer ||
      invoices.includes(String(invoice)),
  );
}
