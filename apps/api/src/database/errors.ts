/** Why a database cannot be used. */
export type DatabaseFault =
  | 'unavailable'
  | 'locked'
  | 'newer'
  | 'forbidden'
  | 'full'
  | 'damaged'
  | 'secret'
  | 'setting';

/**
 * A database that cannot be used, or cannot answer now.
 *
 * Its message names no value of a query: drivers quote those in theirs, and they may be somebody's e-mail address.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly fault: DatabaseFault;
  /** The driver's own code, such as `ECONNREFUSED` or `SQLITE_BUSY`. */
  readonly code: string;

  constructor(fault: DatabaseFault, message: string, code = '') {
    super(message);
    this.fault = fault;
    this.code = code;
  }
}

/** The error of a query, without what the driver may have quoted. */
export function databaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { code = '', errno } = error as { code?: string; errno?: unknown };
  const name = code || String(errno ?? (error instanceof Error ? error.name : 'unknown'));
  if (/^SQLITE_BUSY|^SQLITE_LOCKED/.test(name))
    return new DatabaseError('locked', 'The database is locked by another process.', name);
  if (/^SQLITE_FULL|^53100$|^ENOSPC$/.test(name)) return new DatabaseError('full', 'The disk is full.', name);
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^EACCES$|^EROFS$/.test(name))
    return new DatabaseError('forbidden', 'The database cannot be opened or written.', name);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(name))
    return new DatabaseError(
      'damaged',
      'The database file is damaged. Stop the server and restore it from a backup.',
      name,
    );
  return new DatabaseError('unavailable', `The database cannot answer (${name}).`, name);
}
