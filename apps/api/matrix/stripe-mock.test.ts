import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createStripeServer, type StripeObject } from '@firstofficer/stripe-server';
import { findProgram } from '@firstofficer/testing/require-program';
import { expect, type TestContext, test } from 'vitest';
import { createStripeClient, STRIPE_VERSION } from '../src/stripe/client/client.ts';
import { createLimiter } from '../src/stripe/client/limiter.ts';
import { findMissingPermissions } from '../src/stripe/client/permissions.ts';
import { LISTS, readEvents, readObjectById, readPage } from '../src/stripe/client/resources.ts';

const VERSION = '0.203.0';
const FOLDER = join(import.meta.dirname, `../node_modules/.cache/stripe-mock-${VERSION}`);
const NOW = 1_790_000_000;
const KEY = 'sk_test_123';
// The first test builds stripe-mock, which takes 20 seconds of CPU time.
const BUILD = { timeout: 300_000 };

/** Returns the path of stripe-mock. Builds it if Go is installed. Skips the test otherwise. */
async function requireStripeMock(context: TestContext): Promise<string> {
  const installed = await findProgram('stripe-mock');
  if (installed !== undefined) return installed;
  const program = join(FOLDER, 'stripe-mock');
  const exists = await access(program).then(
    () => true,
    () => false,
  );
  if (exists) return program;
  const reason = await build().catch((error: Error) => `stripe-mock cannot be built: ${error.message}`);
  if (reason === undefined) return program;
  if (process.env.REQUIRE_STRIPE_MOCK) throw new Error(reason);
  return context.skip(reason);
}

/** Returns why stripe-mock cannot be built, or undefined after it was built. */
async function build(): Promise<string | undefined> {
  const go = await findProgram('go');
  if (go === undefined) return 'go is not installed. On Debian, run: apt-get install golang-go';
  const args = ['install', `github.com/stripe/stripe-mock@v${VERSION}`];
  await promisify(execFile)(go, args, { env: { ...process.env, GOBIN: FOLDER }, timeout: BUILD.timeout });
  return undefined;
}

/** Starts stripe-mock on free ports of 127.0.0.1. Returns its URL. */
async function startStripeMock(context: TestContext): Promise<string> {
  const program = await requireStripeMock(context);
  const child = spawn(program, ['-http-addr', '127.0.0.1:', '-https-addr', '127.0.0.1:'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  context.onTestFinished(async () => {
    child.kill();
    await closed;
  });
  for await (const line of createInterface(child.stdout)) {
    const [, address] = /Listening for HTTP at address: (\S+)/.exec(line) ?? [];
    if (address === undefined) continue;
    child.stdout.resume();
    return `http://${address}`;
  }
  throw new Error('stripe-mock did not start');
}

function createClient(url: string) {
  const limiter = createLimiter({ perSecond: 1_000, perEndpoint: 1_000, concurrency: 8 });
  return createStripeClient({ key: KEY, url, limiter });
}

/** Creates objects with more nested objects than Stripe embeds, so that the client requests the others. */
function createObjects(): StripeObject[] {
  const createList = (object: string) => ({
    object: 'list',
    data: Array.from({ length: 101 }, (_, index) => ({ id: `${object}_${index}`, object })),
    has_more: false,
    url: '',
  });
  const common = { created: NOW, livemode: false };
  return [
    { id: 'in_1', object: 'invoice', ...common, lines: createList('line_item') },
    { id: 'cn_1', object: 'credit_note', ...common, lines: createList('credit_note_line_item') },
    { id: 'sub_1', object: 'subscription', ...common, status: 'canceled', items: createList('subscription_item') },
    ...Array.from({ length: 11 }, (_, index) => ({
      id: `inpay_${index}`,
      object: 'invoice_payment',
      created: NOW,
      invoice: 'in_1',
    })),
  ];
}

test('Stripe accepts each request that a sync sends, with its parameters', BUILD, async (context) => {
  const url = await startStripeMock(context);
  await using server = await createStripeServer(createObjects(), { now: NOW });
  const client = createClient(server.url);
  const selection = { from: NOW - 100, to: NOW + 100 };
  await findMissingPermissions(client);
  for (const list of LISTS) {
    await readPage(client, list, { selection });
    await readObjectById(client, { type: list.type, id: 'unknown' });
  }
  await readPage(client, { type: 'invoice', params: {} }, { selection: { ...selection, after: 'in_1' } });
  await readEvents(client, { selection });

  const requests = server.requests.map(({ path, params }) => {
    const query = Object.entries(params).flatMap(([name, value]) =>
      value.split(',').map((part) => `${name}=${encodeURIComponent(part)}`),
    );
    return `${path}?${query.join('&')}`;
  });
  const paths = new Set(server.requests.map(({ path }) => path));
  expect(paths).toContain('/v1/invoices/in_1/lines');
  expect(paths).toContain('/v1/credit_notes/cn_1/lines');
  expect(paths).toContain('/v1/subscription_items');
  expect(paths).toContain('/v1/invoice_payments');

  const headers = { Authorization: `Bearer ${KEY}`, 'Stripe-Version': STRIPE_VERSION };
  for (const request of new Set(requests)) {
    const response = await fetch(url + request, { headers });
    const body = await response.text();
    expect(`${request}: ${response.status === 200 ? 'accepted' : body}`).toBe(`${request}: accepted`);
  }
  // stripe-mock checks parameters, or the requests above would prove nothing.
  expect((await fetch(`${url}/v1/invoices?wat=1`, { headers })).status).toBe(400);
});

test('the client reads what Stripe returns', BUILD, async (context) => {
  const client = createClient(await startStripeMock(context));
  expect(await findMissingPermissions(client)).toEqual([]);
  for (const list of LISTS) {
    const { objects } = await readPage(client, list, { selection: { to: NOW } });
    expect(objects).toMatchObject([{ object: list.type, id: expect.any(String) }]);
    const { object } = await readObjectById(client, { type: list.type, id: 'id_1' });
    expect(object).toMatchObject({ object: list.type });
    if (list.type === 'invoice') expect(object?.payments).toMatchObject({ object: 'list' });
  }
  const { objects } = await readEvents(client, { selection: { from: 0, to: NOW } });
  expect(objects).toMatchObject([{ object: 'event', data: { object: expect.anything() } }]);
});
