import { createAccount, createKey } from '../src/accounts.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { migrate } from '../src/database/migrate.ts';
import { type DatabaseLocation, openForCommand, openForRequests } from '../src/database/open.ts';
import { importCustomers } from '../src/import/import-customers.ts';
import { type Seeded, seed } from '../src/seed.ts';
import { createServer, type ServerParts } from '../src/server/create-server.ts';
import { type Api, type ApiOptions, startApi } from '../src/start.ts';
import type { Context, DatabaseKind } from './databases.ts';

/** A server for a test, with its seeded account. */
export interface SeededApi extends Api, Seeded {
  readonly location: DatabaseLocation;
}

/** Starts a server with seeded data that validates its responses. Stops it after the test. */
export async function startSeededApi(
  context: Context,
  kind: DatabaseKind,
  options: Partial<ApiOptions> = {},
): Promise<SeededApi> {
  const location = await kind.create(context);
  const seeded = await seed(location, {});
  return { ...(await startTestApi(context, { database: location, ...options })), ...seeded, location };
}

/** Starts a server with existing data. Stops it after the test. */
export async function startTestApi({ onTestFinished }: Context, options: ApiOptions): Promise<Api> {
  const api = await startApi({
    validateResponses: true,
    env: {},
    graceMs: 0,
    ...options,
    limits: { keepAliveMs: 100, ...options.limits },
  });
  onTestFinished(() => api.close());
  return api;
}

/** Starts a server of any description with a seeded account, which validates its responses. Stops it after the test. */
export async function startServer(
  context: Context,
  kind: DatabaseKind,
  parts: Omit<ServerParts, 'database' | 'secret'>,
): Promise<{ readonly url: string; readonly key: string; readonly accountId: number }> {
  const location = await kind.create(context);
  const { key, accountId } = await seed(location, {});
  const database = openForRequests(location);
  const secret = loadSecret(location.directory, {});
  const app = createServer({ validateResponses: true, ...parts, database, secret });
  context.onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await database.close();
  });
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), key, accountId };
}

/** Creates an account with a key and these customers. */
export async function createAccountWith(
  location: DatabaseLocation,
  customers: readonly object[],
): Promise<{ accountId: number; key: string; keyId: string }> {
  const database = openForCommand(location);
  try {
    await migrate(database);
    const accountId = await createAccount(database, 'Test');
    await importAll(location, accountId, customers);
    const { key, id } = await createKey(database, loadSecret(location.directory, {}), { accountId, label: 'test' });
    return { accountId, key, keyId: id };
  } finally {
    await database.close();
  }
}

/** Imports customers. Throws if one of them is invalid. */
export async function importAll(
  location: DatabaseLocation,
  accountId: number,
  customers: readonly object[],
): Promise<void> {
  const database = openForCommand(location);
  try {
    const records = (async function* () {
      for (const [index, value] of customers.entries()) yield { line: index + 1, value };
    })();
    await importCustomers(database, records, {
      accountId,
      onError: 'stop',
      onRejected: (line, reason) => {
        throw new Error(`customer ${line}: ${reason}`);
      },
    });
  } finally {
    await database.close();
  }
}

/** Returns a valid customer with some changes. */
export function customer(id: number, changes: object = {}): Record<string, unknown> {
  return {
    id,
    stripe_id: `cus_${id}`,
    extra_id: null,
    total_contract_value: 120_000,
    current_mrr: 10_000,
    current_subscription_count: 1,
    currency: 'usd',
    email: `${id}@customers.example`,
    ...changes,
  };
}

/** Returns the header of Basic authentication. */
export const basic = (key: string) => ({ Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });

/** Sends a request for a customer. */
export function retrieve(url: string, key: string, identifier: string): Promise<Response> {
  return fetch(`${url}/v2/customers/${encodeURIComponent(identifier)}`, { headers: basic(key) });
}
