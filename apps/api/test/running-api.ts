import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Customer } from '@firstofficer/client/types';
import { demandingCustomers, knownCustomers, type RunReport, verifyContract } from '@firstofficer/contract';
import { findExamplePairs } from '@firstofficer/openapi';
import { expect } from 'vitest';
import { createAccount, createKey } from '../src/accounts.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import type { Database } from '../src/database/database.ts';
import { type DatabaseLocation, openForCommand, openForRequests, withDatabase } from '../src/database/open.ts';
import { loadApiDescription } from '../src/description.ts';
import { createHandlers } from '../src/handlers.ts';
import { type ImportOptions, importCustomers } from '../src/import/import-customers.ts';
import { toRecords } from '../src/import/read-records.ts';
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
  parts: Pick<ServerParts, 'allowOrigins' | 'description' | 'limits' | 'logger' | 'validateResponses'> &
    Partial<Pick<ServerParts, 'handlers'>>,
) {
  const location = await kind.create(context);
  const { key, accountId } = await seed(location, {});
  const database = openForRequests(location);
  const secret = await loadSecret(database, location.directory, {});
  const app = createServer({ handlers: createHandlers(database), validateResponses: true, ...parts, database, secret });
  context.onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await database.close();
  });
  return { app, url: await app.listen({ port: 0, host: '127.0.0.1' }), key, accountId };
}

/** Opens the database of a test to change or read its tables. Closes it after the test. */
export function openInTest({ onTestFinished }: Context, location: DatabaseLocation): Database {
  const database = openForCommand(location);
  onTestFinished(() => database.close());
  return database;
}

/** Creates an account with a key and these customers. */
export async function createAccountWith(
  location: DatabaseLocation,
  customers: readonly object[],
): Promise<{ accountId: number; key: string; keyId: string }> {
  return withDatabase(location, async (database) => {
    const accountId = await createAccount(database, 'Test');
    await importAll(location, accountId, customers);
    const secret = await loadSecret(database, location.directory, {});
    const { key, id } = await createKey(database, secret, { accountId, label: 'test' });
    return { accountId, key, keyId: id };
  });
}

/** Imports customers. Throws if one of them is invalid. */
export async function importAll(
  location: DatabaseLocation,
  accountId: number,
  customers: readonly unknown[],
): Promise<void> {
  const { rejected } = await importSome(location, customers, { accountId, onError: 'stop' });
  if (rejected.length > 0) throw new Error(`customer ${rejected[0]}`);
}

/** Imports customers in this process. Returns the line and reason of each invalid one. */
export async function importSome(
  location: DatabaseLocation,
  customers: readonly unknown[],
  options: Omit<ImportOptions, 'onRejected'>,
): Promise<{ readonly imported: number; readonly rejected: readonly string[] }> {
  const rejected: string[] = [];
  const { imported } = await withDatabase(location, (database) =>
    importCustomers(database, toRecords(customers), {
      ...options,
      onRejected: (line, reason) => void rejected.push(`${line}: ${reason}`),
    }),
  );
  return { imported, rejected };
}

/**
 * Tests a server that has the customers of the contract tests' example data, and expects that it passes.
 *
 * @param seed - Of the generated values.
 */
export async function expectConforming({ url, key }: { url: string; key: string }, seed: number): Promise<RunReport> {
  const customers = knownCustomers(demandingCustomers);
  const report = await verifyContract({ target: { url, token: key }, customers, seed });
  expectPassed(report);
  return report;
}

/**
 * Expects that a run of the contract tests passed, without notes. Shows the findings otherwise. A deprecation in the
 * description is no fault of the server.
 */
export function expectPassed({ checks, verdict }: RunReport): void {
  const findings = checks.flatMap((check) => (check.check === 'deprecations' ? [] : check.findings));
  expect(findings.map(({ check, testCase, expected, actual }) => ({ check, testCase, expected, actual }))).toEqual([]);
  expect(verdict).toBe('passed');
}

const { operations } = await loadApiDescription();
const [example] = operations.flatMap((operation) => findExamplePairs(operation));
// The first example of the description is a customer.
const { object: _, ...EXAMPLE } = (example ?? expect.fail()).body as Customer;

/** Returns a valid customer, an example of the description with other identifiers and some changes. */
export function createCustomer(id: number, changes: object = {}): Record<string, unknown> {
  return { ...EXAMPLE, id, stripe_id: `cus_${id}`, extra_id: null, email: `${id}@customers.example`, ...changes };
}

/** Returns the header of Basic authentication. */
export const authorize = (key: string) => ({ Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });

/** Sends a request for a customer. */
export function retrieve(url: string, key: string, identifier: string): Promise<Response> {
  return fetch(`${url}/v2/customers/${encodeURIComponent(identifier)}`, { headers: authorize(key) });
}

/** Sends text unchanged and reads until the server closes the connection. */
export async function sendRaw(url: string, ...parts: readonly string[]): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  // The server may close the connection before it has read everything.
  socket.on('error', () => {});
  for (const part of parts) socket.write(part, 'latin1');
  const received = await text(socket);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1]), text: received };
}

/** Formats a request that asks the server to close the connection. */
export function formatRequest(target: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): string {
  const lines = Object.entries({ Host: '127.0.0.1', Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
