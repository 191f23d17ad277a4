import { join } from 'node:path';
import { toDatabaseError } from '../database/errors.ts';
import { hasBytes } from '../database/files.ts';
import { type DatabaseLocation, withDatabase } from '../database/open.ts';
import { DATABASE_FILE, FILE_SUFFIXES } from '../database/sqlite.ts';
import {
  countRowsWith,
  type Erased,
  type Erasure,
  findRemains,
  hashIdentifier,
  type Remains,
  rewriteFile,
  toPieces,
} from './erase.ts';

/** What a deletion did, and where identifiers remain. It contains no identifier in plain text. */
export interface Receipt {
  readonly at: number;
  readonly account: number;
  /** The number of deleted customers. */
  readonly customers: number;
  /** The hashes of the deleted identifiers. */
  readonly identifiers: readonly string[];
  readonly remains: Remains;
  /**
   * What a search of the bytes of the SQLite files found. `not rewritten`: unused parts of the file contain an identifier,
   * and the file could not be rewritten. On PostgreSQL, its server overwrites deleted rows later.
   */
  readonly file:
    | 'clean'
    | 'contains other rows with these texts'
    | 'contains deleted customers'
    | 'not rewritten'
    | 'not searched';
}

/**
 * Searches the tables for identifiers of deleted customers, and on SQLite also the bytes of the files.
 *
 * @param erased - What was deleted. A search without a deletion has no customers.
 */
export async function checkErasure(
  location: DatabaseLocation,
  { accountId, secretText }: Pick<Erasure, 'accountId' | 'secretText'>,
  { customers, identifiers }: Erased,
): Promise<Receipt> {
  const remains = await withDatabase(location, (database) => findRemains(database, accountId, identifiers));
  return {
    at: Date.now(),
    account: accountId,
    customers,
    identifiers: identifiers.map((identifier) => hashIdentifier(identifier, secretText)),
    remains,
    file: location.url === undefined ? await checkFiles(location, toPieces(identifiers)) : 'not searched',
  };
}

async function checkFiles(location: DatabaseLocation, pieces: readonly Buffer[]): Promise<Receipt['file']> {
  const isFound = () =>
    FILE_SUFFIXES.some((suffix) => hasBytes(join(location.directory, `${DATABASE_FILE}${suffix}`), pieces));
  if (!isFound()) return 'clean';
  // Unused parts of the file may contain an earlier state of the customer. A rewritten file has no unused parts.
  const rows = await withDatabase(location, async (database) => {
    await rewriteFile(database);
    return countRowsWith(database, pieces);
  }).catch(ignoreTemporaryFault);
  if (!isFound()) return 'clean';
  if (rows === undefined) return 'not rewritten';
  return rows > 0 ? 'contains other rows with these texts' : 'contains deleted customers';
}

/** Another process may be writing, or the disk may have no space for a second file. The command can be repeated. */
function ignoreTemporaryFault(error: unknown): undefined {
  const { fault } = toDatabaseError(error);
  if (fault !== 'locked' && fault !== 'full') throw error;
}

/** Returns whether no identifier remains in the account. */
export function isErased({ remains, file }: Receipt): boolean {
  const isInTable = remains.customers.length > 0 || Object.keys(remains.tables).length > 0;
  return !isInTable && file !== 'contains deleted customers' && file !== 'not rewritten';
}
