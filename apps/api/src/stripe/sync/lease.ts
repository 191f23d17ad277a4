import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Kysely, sql } from 'kysely';
import type { Database, Schema } from '../../database/database.ts';
import { runInTransaction } from '../../database/transaction.ts';
import type { ReadClock } from '../client/read-clock.ts';
import type { SyncState } from '../store/store.ts';
import { SyncError } from './context.ts';

/** How long a process may sync an account after it renewed its lease, in milliseconds. */
const LEASE_MS = 30_000;

// The leases of this thread. A process that replaces another one in a container can have the same host and process ID.
const owners = new Set<string>();

/** The right of one process to sync an account. */
export interface Lease {
  /** Aborts with an error if another process syncs the account now. */
  readonly signal: AbortSignal;
  /** Ends the lease, so that another process can begin at once. */
  release(): Promise<void>;
}

/** What {@link acquireLease} needs. */
export interface LeaseOptions {
  readonly account: number;
  /** Goes on from the latest time of the processes before, so that what this one reads never looks older. */
  readonly clock: ReadClock;
  /** Default: 30 seconds. */
  readonly leaseMs?: number | undefined;
}

/**
 * Takes the lease of an account, and renews it until it is released. Takes it over from a process of this machine that has
 * ended, and from any process that has not renewed it in time.
 *
 * @throws SyncError if another process syncs the account.
 */
export async function acquireLease(
  database: Database,
  { account, clock, leaseMs = LEASE_MS }: LeaseOptions,
): Promise<Lease> {
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  await runInTransaction(database, async (db) => {
    const row = await db
      .selectFrom('stripe_syncs')
      .select(['owner', 'owner_until', 'read_until'])
      .where('account_id', '=', account)
      .$if(database.dialect === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
    const now = await readTime(db);
    if (row?.owner && (row.owner_until ?? 0) > now && isRunning(row.owner)) throw createOwnedError(account, row.owner);
    clock.startFrom(row?.read_until ?? 0);
    await db
      .updateTable('stripe_syncs')
      .set({ owner, owner_until: now + leaseMs, read_until: clock.now() + leaseMs })
      .where('account_id', '=', account)
      .execute();
  });
  owners.add(owner);
  const controller = new AbortController();
  const timer = setInterval(() => void renew(), leaseMs / 3);
  timer.unref();
  return {
    signal: controller.signal,
    async release() {
      clearInterval(timer);
      owners.delete(owner);
      await update({ owner: null, owner_until: null, read_until: clock.now() });
    },
  };

  async function renew(): Promise<void> {
    // While the database does not answer, this process cannot write either. Afterwards, it is still the owner unless
    // another process took over in the meantime.
    const isOwner = await extend().catch(() => undefined);
    if (isOwner !== false) return;
    clearInterval(timer);
    controller.abort(new SyncError(`This process could not renew its lease of account ${account}, so it stops.`));
  }

  async function extend(): Promise<boolean> {
    const now = await readTime(database.query);
    return update({ owner, owner_until: now + leaseMs, read_until: clock.now() + leaseMs });
  }

  async function update(values: Partial<SyncState>): Promise<boolean> {
    const { numUpdatedRows } = await database.query
      .updateTable('stripe_syncs')
      .set(values)
      .where('account_id', '=', account)
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Returns the time of the database in milliseconds since 1970, because the clocks of machines can differ. */
  async function readTime(db: Kysely<Schema>): Promise<number> {
    if (database.dialect === 'sqlite') return Date.now();
    const { rows } = await sql<{ time: number }>`
      select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as time`.execute(db);
    return rows[0]?.time ?? Date.now();
  }
}

function createOwnedError(account: number, owner: string): SyncError {
  const [host, pid] = owner.split(':');
  return new SyncError(
    `Another process already syncs account ${account} (process ${pid} on ${host}). Stop it first, or let it do the work.`,
  );
}

/** Returns whether the owner may be running. Only processes of this machine can be looked up. */
function isRunning(owner: string): boolean {
  const [host, pid] = owner.split(':');
  if (host !== hostname()) return true;
  if (Number(pid) === process.pid) return owners.has(owner);
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: the process belongs to another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
