import { sql } from 'kysely';
import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../database/database.ts';

interface SyncFigures {
  readonly account_id: number;
  readonly polled_at: number | null;
  readonly events_through: number | null;
  readonly failed_at: number | null;
  readonly hints: number;
  readonly failed_customers: number;
}

const GAUGES: readonly {
  readonly name: string;
  readonly help: string;
  readonly read: (figures: SyncFigures) => number | null;
}[] = [
  {
    name: 'polled_timestamp_seconds',
    help: 'When the events of Stripe were last read, in seconds since 1970.',
    read: ({ polled_at }) => polled_at && polled_at / 1_000,
  },
  {
    name: 'events_timestamp_seconds',
    help: 'The time up to which the events of Stripe were read, in seconds since 1970.',
    read: ({ events_through }) => events_through,
  },
  {
    name: 'failed',
    help: '1 if the last attempt to sync failed, otherwise 0.',
    read: ({ failed_at }) => (failed_at === null ? 0 : 1),
  },
  {
    name: 'waiting_objects',
    help: 'Changed objects that were not fetched from Stripe yet.',
    read: ({ hints }) => hints,
  },
  {
    name: 'failed_customers',
    help: 'Customers whose figures could not be computed.',
    read: ({ failed_customers }) => failed_customers,
  },
];

/** Adds gauges of the sync with Stripe, by account. Returns the function that updates them from the database. */
export function addSyncGauges(registry: Registry, { query }: Pick<Database, 'query'>): () => Promise<void> {
  const gauges = GAUGES.map(({ name, help, read }) => ({
    read,
    gauge: new Gauge({
      name: `firstofficer_stripe_sync_${name}`,
      help,
      labelNames: ['account'],
      registers: [registry],
    }),
  }));
  return async () => {
    // If the database cannot answer, the metrics contain no old values.
    const rows = await readFigures().catch(() => []);
    for (const { gauge, read } of gauges) {
      gauge.reset();
      for (const row of rows) {
        const value = read(row);
        if (value !== null) gauge.set({ account: String(row.account_id) }, value);
      }
    }
  };

  function readFigures(): Promise<SyncFigures[]> {
    return query
      .selectFrom('stripe_syncs as sync')
      .select([
        'sync.account_id',
        'sync.polled_at',
        'sync.events_through',
        'sync.failed_at',
        sql<number>`(select count(*) from stripe_hints where account_id = sync.account_id and livemode = sync.livemode)`.as(
          'hints',
        ),
        sql<number>`(select count(*) from stripe_customers
          where account_id = sync.account_id and livemode = sync.livemode and error is not null)`.as(
          'failed_customers',
        ),
      ])
      .execute();
  }
}
