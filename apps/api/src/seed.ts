import { findExamplePairs } from '@firstofficer/openapi';
import { createAccount, createKey, listKeys, revokeKey } from './accounts.ts';
import { loadSecret } from './api-keys/secret.ts';
import { type DatabaseLocation, withDatabase } from './database/open.ts';
import { loadApiDescription } from './description.ts';
import { importCustomers } from './import/import-customers.ts';
import { type SourceRecord, toRecords } from './import/read-records.ts';

/**
 * The account, key and customers that {@link seed} created.
 *
 * @example
 * const { key }: Seeded = await seed({ directory: './data' });
 */
export interface Seeded {
  readonly accountId: number;
  /** A new key of the account. The keys of earlier seeds are revoked. */
  readonly key: string;
  readonly customers: number;
}

const NAME = 'Example';
const LABEL = 'seed';

/**
 * Loads the example customers of the description into an account for local use, and creates a key for it. Revokes the
 * keys of earlier seeds.
 *
 * @param location - Where the data is.
 * @throws DatabaseError if the database cannot be used.
 * @example
 * const { key } = await seed({ directory: './data' });
 */
export async function seed(location: DatabaseLocation, env: NodeJS.ProcessEnv = process.env): Promise<Seeded> {
  return withDatabase(location, async (database) => {
    const secret = await loadSecret(database, location.directory, env);
    const keys = (await listKeys(database)).filter(({ label }) => label === LABEL);
    const accountId = keys[0]?.account_id ?? (await createAccount(database, NAME));
    const { imported } = await importCustomers(database, await loadExampleRecords(), {
      accountId,
      onError: 'stop',
      onRejected: (line, reason) => {
        throw new Error(
          `Example ${line} of the description cannot be imported: ${reason}. Correct the example in spec/openapi.yaml.`,
        );
      },
    });
    for (const { id, revoked_at } of keys) if (revoked_at === null) await revokeKey(database, id);
    const { key } = await createKey(database, secret, { accountId, label: LABEL });
    return { accountId, key, customers: imported };
  });
}

/** Returns the example customers. The email address is the example identifier that the response body does not contain. */
async function loadExampleRecords(): Promise<AsyncIterable<SourceRecord>> {
  const { operations } = await loadApiDescription();
  const pairs = operations
    .filter(({ id }) => id === 'retrieveCustomer')
    .flatMap(findExamplePairs)
    .filter(({ status }) => status === '200');
  const customers = [...Map.groupBy(pairs, ({ body }) => body)].map(([body, named]) => {
    const shown = Object.values(body as object).map(String);
    const identifiers = named.flatMap(({ parameters }) => Object.values(parameters));
    return { ...(body as object), email: identifiers.find((identifier) => !shown.includes(identifier)) ?? null };
  });
  return toRecords(customers);
}
