import type Sqlite from 'better-sqlite3';

/**
 * Lets all reads of one turn of the event loop share a read transaction: the locks of one take longer than the read of
 * a row. The turn that reads a request is over before the next one is received, so nothing that was acknowledged is
 * missed.
 *
 * @param sqlite - A connection that is used for nothing else.
 * @returns A function that makes sure that there is such a transaction.
 */
export function sharedSnapshot(sqlite: Sqlite.Database): () => void {
  const begin = sqlite.prepare('begin');
  const commit = sqlite.prepare('commit');
  const end = () => {
    // Closed in the meantime, or rolled back by an error.
    if (sqlite.open && sqlite.inTransaction) commit.run();
  };
  return () => {
    if (sqlite.inTransaction) return;
    begin.run();
    setImmediate(end);
  };
}
