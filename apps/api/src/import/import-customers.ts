import { checkAccount, checkNotSynced } from '../accounts.ts';
import { recordChange } from '../audit.ts';
import type { Database } from '../database/database.ts';
import { toDatabaseError } from '../database/errors.ts';
import { type CustomerParser, createCustomerParser, InvalidCustomerError } from './customer.ts';
import type { SourceRecord, UnreadableRecord } from './read-records.ts';
import { BATCH_SIZE, createStaging, type StagedCustomer } from './staging.ts';

// An import of a million customers changes the account for about 10 seconds.
const WAIT_MS = 600_000;

/** How an import runs. */
export interface ImportOptions {
  readonly accountId: number;
  /** How to handle an invalid line: `stop` imports nothing, `skip` imports all other lines. With `prune`, it is `stop`. */
  readonly onError: 'stop' | 'skip';
  /** Whether to delete the customers of the account that the records do not contain. Default: false. */
  readonly prune?: boolean;
  /** Whether `prune` may delete all customers of the account. Default: false. */
  readonly allowEmpty?: boolean;
  /** Called for each invalid line. */
  readonly onRejected: (line: number, reason: string) => void;
  /** How long to wait for another process that changes the account, in milliseconds. Default: 10 minutes. */
  readonly waitMs?: number;
  /** Called after each batch with the number of lines read so far. */
  readonly onProgress?: (read: number) => void;
}

/** What an import did. */
export interface ImportResult {
  /** The number of lines that were imported. */
  readonly imported: number;
  /** The number of invalid lines. */
  readonly rejected: number;
  /** The number of customers that were deleted because the records do not contain them. */
  readonly removed: number;
  /** Whether the end of the records was read. It is false if an invalid line ended the import. */
  readonly isComplete: boolean;
  /** Whether all lines can be read. If not, `onError: 'skip'` cannot import the file either. */
  readonly isReadable: boolean;
}

/**
 * Imports customers into an account. Adds new customers and updates those whose ID exists. A property that a record omits
 * keeps its value. Reads all records before it changes any customer, so an import that fails changes nothing.
 *
 * @throws Error if the account does not exist or is synced with Stripe, or if `prune` would delete all customers; DatabaseError if the database
 * fails.
 */
export async function importCustomers(
  { query, dialect }: Database,
  records: AsyncIterable<SourceRecord>,
  { accountId, prune = false, waitMs = WAIT_MS, ...options }: ImportOptions,
): Promise<ImportResult> {
  const parse = await createCustomerParser();
  await checkAccount(query, accountId);
  await checkNotSynced(query, accountId);
  const canSkip = options.onError === 'skip' && !prune;

  return query.connection().execute(async (db) => {
    const staging = await createStaging(db, { dialect, accountId, waitMs }).catch(throwDatabaseError);
    let read = 0;
    let rejected = 0;
    let isReadable = true;
    try {
      if (!(await stageAll())) return { imported: 0, rejected, removed: 0, isComplete: false, isReadable };
      if (prune && read === 0 && !options.allowEmpty) throw new Error(EMPTY);
      await staging.lock().catch(throwDatabaseError);
      // The first sync may have begun in the meantime.
      await checkNotSynced(db, accountId);
      await staging.fillOmitted().catch(throwDatabaseError);
      const removed = prune ? await staging.prune().catch(throwDatabaseError) : 0;
      if (!(await dropTaken())) return { imported: 0, rejected, removed: 0, isComplete: false, isReadable };
      const imported = await staging.merge().catch(throwDatabaseError);
      const details = { imported, rejected, ...(prune && { removed }) };
      await recordChange(db, { command: 'import', accountId, details }).catch(throwDatabaseError);
      await staging.commit().catch(throwDatabaseError);
      return { imported, rejected, removed, isComplete: true, isReadable };
    } finally {
      await staging.rollback();
    }

    /** Reports an invalid line. Returns whether the import continues. */
    function reject(line: number, reason: string): boolean {
      rejected += 1;
      options.onRejected(line, reason);
      return canSkip;
    }

    /** Writes the valid records to the staging table. Returns false if an invalid line ended the import. */
    async function stageAll(): Promise<boolean> {
      let batch: StagedCustomer[] = [];
      for await (const record of records) {
        read += 1;
        const parsed = parseRecord(record, parse);
        if (!('fault' in parsed)) batch.push(parsed);
        else {
          isReadable = !parsed.isLast;
          if (!reject(record.line, parsed.fault) || !isReadable) return false;
        }
        if (batch.length < BATCH_SIZE) continue;
        if (!(await stageBatch(batch))) return false;
        batch = [];
      }
      return batch.length === 0 || stageBatch(batch);
    }

    async function stageBatch(batch: readonly StagedCustomer[]): Promise<boolean> {
      const repeated = await staging.add(batch).catch(throwDatabaseError);
      options.onProgress?.(read);
      return repeated.every((line) => reject(line, 'id or stripe_id is the same as on an earlier line'));
    }

    /** Drops the lines whose Stripe ID belongs to another customer. Returns false if such a line ended the import. */
    async function dropTaken(): Promise<boolean> {
      const taken = await staging.findTaken().catch(throwDatabaseError);
      const isComplete = taken.every(({ line }) =>
        reject(line, 'stripe_id belongs to another customer of the account'),
      );
      if (isComplete) await staging.drop(taken).catch(throwDatabaseError);
      return isComplete;
    }
  });
}

const EMPTY =
  'The file contains no customers, so --prune would delete all customers of the account. Check the file, or pass --allow-empty to delete them.';

/** Returns the customer of a record, or the reason why the record is invalid. */
function parseRecord(
  record: SourceRecord,
  parse: CustomerParser,
): StagedCustomer | Pick<UnreadableRecord, 'fault' | 'isLast'> {
  if ('fault' in record) return record;
  try {
    const { values, given } = parse(record.value);
    return { values, given, line: record.line };
  } catch (error) {
    if (error instanceof InvalidCustomerError) return { fault: error.message };
    throw error;
  }
}

function throwDatabaseError(error: unknown): never {
  throw toDatabaseError(error);
}
