import type { Database } from '../database/database.ts';
import { databaseError } from '../database/errors.ts';
import { RefusedError } from '../refused-error.ts';
import { type CustomerReader, UnfitError } from './customer.ts';
import type { SourceRecord } from './record.ts';
import { BATCH, createStaging, type StagedCustomer, type Staging } from './staging.ts';

/** What to do with customers. */
export interface ImportOptions {
  readonly accountId: number;
  /** What to do about a line that is refused: end without importing anything, or go on without it. */
  readonly onError: 'stop' | 'skip';
  /** Told of each line that is refused. */
  readonly onRefused: (line: number, reason: string) => void;
  /** Told now and then how many lines were read. */
  readonly onProgress?: (read: number) => void;
}

/** What came of an import. */
export interface Imported {
  readonly imported: number;
  readonly refused: number;
}

/**
 * Imports customers into an account: new ones are added, known ones are replaced. All are read before the first is
 * changed, so that an import that ends early, for whatever reason, has changed nothing.
 *
 * @throws RefusedError if there is no such account; DatabaseError if the database fails.
 */
export async function importCustomers(
  { query, dialect }: Database,
  records: AsyncIterable<SourceRecord>,
  reader: CustomerReader,
  { accountId, onError, onRefused, onProgress = () => {} }: ImportOptions,
): Promise<Imported> {
  const account = await query.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst();
  if (!account) throw new RefusedError(`There is no account ${accountId}. Make one with: account create NAME`);

  return query.connection().execute(async (db) => {
    let refused = 0;
    const refuse = (line: number, reason: string) => {
      refused += 1;
      onRefused(line, reason);
      return onError === 'skip';
    };
    const staging = await createStaging(db, dialect, accountId).catch(rethrow);
    const goOn = await stage(records, staging, reader, refuse, onProgress);
    if (!goOn) return { imported: 0, refused };
    const taken = await staging.taken().catch(rethrow);
    for (const line of taken) {
      if (!refuse(line, 'stripe_id belongs to another customer of the account')) return { imported: 0, refused };
    }
    await staging.drop(taken).catch(rethrow);
    return { imported: await staging.merge().catch(rethrow), refused };
  });
}

type Refuse = (line: number, reason: string) => boolean;

/** @returns Whether to go on. */
async function stage(
  records: AsyncIterable<SourceRecord>,
  staging: Staging,
  reader: CustomerReader,
  refuse: Refuse,
  onProgress: (read: number) => void,
): Promise<boolean> {
  let batch: StagedCustomer[] = [];
  let read = 0;
  const flush = async () => {
    const repeated = await staging.add(batch).catch(rethrow);
    batch = [];
    onProgress(read);
    return repeated.every((line) => refuse(line, 'id or stripe_id is that of an earlier line'));
  };
  for await (const record of records) {
    read += 1;
    const customer = readRecord(record, reader, refuse);
    if (customer === undefined) return false;
    if (customer) batch.push(customer);
    if (batch.length === BATCH && !(await flush())) return false;
  }
  return batch.length === 0 || flush();
}

/** @returns null if the record was refused, undefined if the import ends with it. */
function readRecord(record: SourceRecord, reader: CustomerReader, refuse: Refuse): StagedCustomer | null | undefined {
  let reason: string;
  if ('fault' in record) reason = record.fault;
  else {
    try {
      return { ...reader.read(record.value), line: record.line };
    } catch (error) {
      if (!(error instanceof UnfitError)) throw error;
      reason = error.message;
    }
  }
  return refuse(record.line, reason) ? null : undefined;
}

function rethrow(error: unknown): never {
  throw databaseError(error);
}
