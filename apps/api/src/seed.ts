import { readFile } from 'node:fs/promises';
import type { Customer } from '@firstofficer/client/types';
import { computeSnapshot, createCustomerData, readObject } from '@firstofficer/metrics';
import { findExamplePairs } from '@firstofficer/openapi';
import { createAccount, createKey, DEFAULT_CURRENCY, listKeys, revokeKey } from './accounts.ts';
import { loadSecret } from './api-keys/secret.ts';
import { type DatabaseLocation, withDatabase } from './database/open.ts';
import { loadApiDescription } from './description.ts';
import { importCustomers } from './import/import-customers.ts';
import { toRecords } from './import/read-records.ts';

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
 * Computes the example customers of the description from the Stripe objects of an example account, loads them into an
 * account for local use, and creates a key for it. Revokes the keys of earlier seeds. Needs no Stripe key.
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
    const { imported } = await importCustomers(database, toRecords(await computeExamples()), {
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

/** When the figures of the example customers are computed. It never changes, so that the figures stay the same. */
const SEEDED_AT = '2026-11-15T12:00:00Z';
const EXAMPLE_ACCOUNT = new URL('../fixtures/example-account.ndjson', import.meta.url);
/** The metadata of a Stripe customer that contains the extra ID. */
const EXTRA_ID_KEY = 'user_id';

/**
 * Returns the example customers. Their figures, extra IDs and email addresses are computed from the Stripe objects of the
 * example account, and everything else comes from the examples of the description.
 */
export async function computeExamples(): Promise<Record<string, unknown>[]> {
  const objects = (await readFile(EXAMPLE_ACCOUNT, 'utf8')).trim().split('\n').map(parseObject);
  const customers = createCustomerData(objects.map(readObject));
  const at = Date.parse(SEEDED_AT) / 1000;
  return (await loadExamples()).map((example) => {
    const { stripe_id } = example;
    const data = customers.get(stripe_id);
    const customer = objects.find(({ object, id }) => object === 'customer' && id === stripe_id);
    if (!data || !customer) {
      throw new Error(
        `The example customer ${stripe_id} has no Stripe objects. Add them to apps/api/fixtures/example-account.ndjson.`,
      );
    }
    return {
      ...example,
      ...computeSnapshot(data, at, { defaultCurrency: DEFAULT_CURRENCY }),
      extra_id: customer.metadata?.[EXTRA_ID_KEY] ?? null,
      email: customer.email,
    };
  });
}

/** The members of a Stripe object that are not metrics. */
interface StripeObject {
  readonly object: string;
  readonly id: string;
  readonly email?: string | null;
  readonly metadata?: Readonly<Record<string, string>>;
}

function parseObject(line: string): StripeObject {
  return JSON.parse(line);
}

/** Returns the customers that the examples of the description contain. */
async function loadExamples(): Promise<Customer[]> {
  const { operations } = await loadApiDescription();
  const bodies = operations
    .filter(({ id }) => id === 'retrieveCustomer')
    .flatMap(findExamplePairs)
    .filter(({ status }) => status === '200')
    .map(({ body }) => body as Customer);
  return [...new Set(bodies)];
}
