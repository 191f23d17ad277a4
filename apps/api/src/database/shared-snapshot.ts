import type Sqlite from 'better-sqlite3';

/** A read transaction that several reads share. */
export interface SharedSnapshot {
  /** Begins the transaction, unless it has begun. It ends with the turn of the event loop. */
  begin(): void;
  /** Ends the transaction now. */
  end(): void;
}

/**
 * Lets all reads of one turn of the event loop share a read transaction: the locks of one take longer than the read of
 * a row. The turn that reads a request is over before the next one is received, so nothing that was acknowledged is
 * missed.
 *
 * @param sqlite - A connection that is used for nothing else.
 */
export function createSharedSnapshot(sqlite: Sqlite.Database): SharedSnapshot {
  const begin = sqlite.prepare('begin');
  // There is nothing to commit, and SQLite refuses to commit after a read found the file damaged. A rollback succeeds.
  const rollback = sqlite.prepare('rollback');
  const end = () => {
    // The connection may be closed, and an error may have rolled back the transaction.
    if (sqlite.open && sqlite.inTransaction) rollback.run();
  };
  return {
    begin() {
      if (sqlite.inTransaction) return;
      begin.run();
      setImmediate(end);
    },
    end,
  };
}
