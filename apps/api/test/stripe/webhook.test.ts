import { connect } from 'node:net';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../../src/accounts.ts';
import type { DatabaseLocation } from '../../src/database/open.ts';
import { withDatabase } from '../../src/database/open.ts';
import type { ApiOptions } from '../../src/start.ts';
import { type Context, type DatabaseKind, databases, sqlite } from '../databases.ts';
import { openInTest, startTestApi } from '../running-api.ts';

const SECRET = 'whsec_current';
const EVENT = {
  id: 'evt_1',
  object: 'event',
  type: 'invoice.paid',
  livemode: false,
  data: { object: { id: 'in_1', object: 'invoice', customer: 'cus_1' } },
};

/** Starts a server with an account that syncs test data. */
async function startWebhook(context: Context, kind: DatabaseKind, options: Partial<ApiOptions> = {}) {
  const location = await kind.create(context);
  const account = await withDatabase(location, async (database) => {
    const id = await createAccount(database, 'Test');
    const state = { account_id: id, livemode: 0, api_version: '2026-10-28.endive', state: 'following' };
    await database.query.insertInto('stripe_syncs').values(state).execute();
    return id;
  });
  const env = { FIRSTOFFICER_STRIPE_WEBHOOK_SECRET: SECRET };
  const api = await startTestApi(context, { database: location, env, ...options });
  return { ...api, location, account, webhook: `${api.url}/stripe/webhook/${account}` };
}

/** Returns the `Stripe-Signature` header of a body, with the present time. */
const sign = (payload: string, secret = SECRET) => Stripe.webhooks.generateTestHeaderString({ payload, secret });

/** Sends an event as Stripe does. */
function send(url: string, event: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = typeof event === 'string' ? event : JSON.stringify(event, null, 2);
  return fetch(url, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': sign(body), ...headers },
  });
}

async function readHints(context: Context, location: DatabaseLocation) {
  const { query } = openInTest(context, location);
  return query.selectFrom('stripe_hints').select(['account_id', 'livemode', 'type', 'id']).execute();
}

describe.each(databases)('a webhook on $name', (kind) => {
  test('stores that an object has changed, without a key', async (context) => {
    const { webhook, location, account } = await startWebhook(context, kind);
    const response = await send(webhook, EVENT);
    expect({ status: response.status, body: await response.json() }).toEqual({ status: 200, body: { received: true } });
    // An event is delivered again if Stripe has not seen the response.
    expect((await send(webhook, EVENT)).status).toBe(200);
    expect(await readHints(context, location)).toEqual([
      { account_id: account, livemode: 0, type: 'invoice', id: 'in_1' },
    ]);
  });

  test('ignores events of the other mode and of other types, and those before the first sync', async (context) => {
    const { webhook, location, account } = await startWebhook(context, kind);
    const product = { ...EVENT, type: 'product.created', data: { object: { id: 'prod_1', object: 'product' } } };
    for (const event of [{ ...EVENT, livemode: true }, { ...EVENT, livemode: undefined }, product, {}, []]) {
      expect((await send(webhook, event)).status).toBe(200);
    }
    const other = await withDatabase(location, (database) => createAccount(database, 'Other'));
    expect((await send(webhook.replace(/\d+$/, String(other)), EVENT)).status).toBe(200);
    expect(await readHints(context, location)).toEqual([]);
    expect(account).not.toBe(other);
  });

  test('rejects a wrong signature and an unknown account in the same way, and counts them', async (context) => {
    const { webhook, url, location, metricsUrl } = await startWebhook(context, kind, { metricsPort: 0 });
    const responses = [
      await send(webhook, EVENT, { 'Stripe-Signature': sign(JSON.stringify(EVENT)) }),
      await send(webhook, EVENT, { 'Stripe-Signature': sign(JSON.stringify(EVENT, null, 2), 'whsec_other') }),
      await fetch(webhook, { method: 'POST', body: JSON.stringify(EVENT) }),
      await send(`${url}/stripe/webhook/99`, EVENT),
      await send(webhook.replace(/\d+$/, '0$&'), EVENT),
      await fetch(webhook, { method: 'POST', headers: { 'Stripe-Signature': sign('{}') } }),
    ];
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 400));
    const [body, ...others] = await Promise.all(responses.map((response) => response.text()));
    expect(body).toContain('Stripe-Signature header is missing or invalid');
    expect(new Set(others)).toEqual(new Set([body]));
    expect(await readHints(context, location)).toEqual([]);
    const metrics = await (await fetch(metricsUrl ?? '')).text();
    expect(metrics).toContain(`firstofficer_failed_authentications_total ${responses.length}`);
  });
});

test('requests without a valid signature count for the limit of their client', async (context) => {
  const { webhook } = await startWebhook(context, sqlite, { limits: { failedAuthentications: 2 } });
  const statuses: number[] = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await fetch(webhook, { method: 'POST' })).status);
  expect(statuses).toEqual([400, 400, 429]);
  expect((await send(webhook, EVENT)).status).toBe(200);
});

test('an invalid body is rejected, also with a valid signature', async (context) => {
  const { webhook } = await startWebhook(context, sqlite);
  for (const body of ['', '{"id"', '1', 'null', '"event"']) expect((await send(webhook, body)).status, body).toBe(400);
});

test('the signature is that of the bytes, whatever their content type', async (context) => {
  const { webhook, location } = await startWebhook(context, sqlite);
  const body = `\n{ "livemode":false, "name":"Müller €", "data":{"object":{"object":"invoice","id":"in_2"}}}\r\n`;
  expect((await send(webhook, body, { 'Content-Type': 'text/plain' })).status).toBe(200);
  expect(await readHints(context, location)).toMatchObject([{ id: 'in_2' }]);
});

test('a body above the limit gets a 413 that names the limit', async (context) => {
  const { webhook } = await startWebhook(context, sqlite, { limits: { bodyBytes: 1_000 } });
  const response = await send(webhook, { ...EVENT, text: 'x'.repeat(1_000) });
  expect(response.status).toBe(413);
  expect(await response.text()).toContain('larger than 1000 bytes');
});

test('clients that send bodies slowly cannot use more memory than that of 64 events', async (context) => {
  const { webhook, url } = await startWebhook(context, sqlite);
  const { hostname, port } = new URL(url);
  const head = `POST ${new URL(webhook).pathname} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nStripe-Signature: ${sign('')}\r\n\r\n`;
  const sockets = Array.from({ length: 64 }, () => connect(Number(port), hostname));
  for (const socket of sockets) socket.on('error', () => {}).write(head);
  let response = await send(webhook, EVENT);
  while (response.status === 200) response = await send(webhook, EVENT);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  for (const socket of sockets) socket.destroy();
  while (response.status === 503) response = await send(webhook, EVENT);
  expect(response.status).toBe(200);
});

test('behind a proxy, events must arrive over HTTPS', async (context) => {
  const { webhook } = await startWebhook(context, sqlite, { trustProxy: '127.0.0.1' });
  expect((await send(webhook, EVENT)).status).toBe(403);
  expect((await send(webhook, EVENT, { 'X-Forwarded-Proto': 'https' })).status).toBe(200);
});

test('without a secret, the path does not exist', async (context) => {
  const { webhook } = await startWebhook(context, sqlite, { env: {} });
  expect((await send(webhook, EVENT)).status).toBe(401);
});

test('a secret for one account does not sign events of others', async (context) => {
  const { webhook } = await startWebhook(context, sqlite, { env: { FIRSTOFFICER_STRIPE_WEBHOOK_SECRET_99: SECRET } });
  expect((await send(webhook, EVENT)).status).toBe(400);
});

test('waits while another process writes to SQLite', async (context) => {
  const { webhook, url, location } = await startWebhook(context, sqlite);
  const writer = new Sqlite(join(location.directory, 'customers.db'));
  context.onTestFinished(() => void writer.close());
  writer.exec('begin immediate');
  const response = send(webhook, EVENT);
  for (let count = 0; count < 10; count += 1) expect((await fetch(`${url}/healthz`)).status).toBe(200);
  writer.exec('commit');
  expect((await response).status).toBe(200);
  expect(await readHints(context, location)).toHaveLength(1);
});
