import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '../database/database.ts';
import { runInTransaction } from '../database/transaction.ts';
import { SyncError } from './sync-error.ts';

/** How long a process may sync an account after it renewed its lease, in milliseconds. */
const LEASE_MS = 30_000;

// The leases of this thread. A process that replaces another one in a container can have the same host and process ID.
const owners = new Set<string>();

/** The right of one process to sync an account. */
export interface Lease {
  /** Aborts with an error if another process syncs the account now, or may do so. */
  readonly signal: AbortSignal;
  /** Ends the lease, so that another process can begin at once. */
  release(): Promise<void>;
}

/**
 * Takes the lease of an account, and renews it until it is released. Takes it over from a process of this machine that has
 * ended, and from any process that has not renewed it in time.
 *
 * @throws SyncError if another process syncs the account.
 */
export async function acquireLease(database: Database, account: number, leaseMs = LEASE_MS): Promise<Lease> {
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  let until = await runInTransaction(database, async (db) => {
    const row = await db
      .selectFrom('stripe_syncs')
      .select(['owner', 'owner_until'])
      .where('account_id', '=', account)
      .$if(database.dialect === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
    const now = Date.now();
    if (row?.owner && (row.owner_until ?? 0) > now && isRunning(row.owner)) throw createOwnedError(account, row.owner);
    const next = now + leaseMs;
    await db.updateTable('stripe_syncs').set({ owner, owner_until: next }).where('account_id', '=', account).execute();
    return next;
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
      await setOwner({ owner: null, owner_until: null });
    },
  };

  async function renew(): Promise<void> {
    const next = Date.now() + leaseMs;
    // The database may be able to answer the next time.
    const isOwner = await setOwner({ owner, owner_until: next }).catch(() => undefined);
    if (isOwner) until = next;
    if (isOwner === false || Date.now() >= until) {
      clearInterval(timer);
      controller.abort(new SyncError(`This process could not renew its lease of account ${account}, so it stops.`));
    }
  }

  async function setOwner(values: { owner: string | null; owner_until: number | null }): Promise<boolean> {
    const { numUpdatedRows } = await database.query
      .updateTable('stripe_syncs')
      .set(values)
      .where('account_id', '=', account)
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
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
