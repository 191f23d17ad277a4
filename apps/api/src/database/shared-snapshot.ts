import type Sqlite from 'better-sqlite3';

/** A read transaction that several queries share. */
export interface SharedSnapshot {
  /** Begins the transaction if none is open. It ends at the end of this turn of the event loop. */
  begin(): void;
  /** Ends the transaction now. */
  end(): void;
}

/**
 * Creates a read transaction that all queries in one turn of the event loop share, because locking takes longer than
 * reading a row. A query still sees every write that was acknowledged before its request arrived, because that request
 * arrives in a later turn.
 *
 * @param sqlite - A connection that is used only for these queries.
 */
export function createSharedSnapshot(sqlite: Sqlite.Database): SharedSnapshot {
  const begin = sqlite.prepare('begin');
  // There is nothing to commit, and SQLite cannot commit after it has read a damaged page. A rollback always succeeds.
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
