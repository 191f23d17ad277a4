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
 * The database cannot be used, or cannot answer now.
 *
 * Unlike the messages of drivers, the message contains no values of a query, because they may be email addresses.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly fault: DatabaseFault;
  /** The error code of the driver, such as `ECONNREFUSED` or `SQLITE_BUSY`. */
  readonly code: string;

  constructor(fault: DatabaseFault, message: string, code = '') {
    super(message);
    this.fault = fault;
    this.code = code;
  }
}

/** Converts an error of a driver to a DatabaseError without the driver's message. */
export function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { code = '', errno } = error as { code?: string; errno?: unknown };
  const name = code || String(errno ?? (error instanceof Error ? error.name : 'unknown'));
  if (/^SQLITE_BUSY|^SQLITE_LOCKED/.test(name))
    return new DatabaseError('locked', 'The database is locked by another process. Try again later.', name);
  if (/^SQLITE_FULL|^53100$|^ENOSPC$/.test(name))
    return new DatabaseError('full', 'The disk is full. Free some space and try again.', name);
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^EACCES$|^EROFS$/.test(name))
    return new DatabaseError(
      'forbidden',
      'The database cannot be opened or written. Check the permissions of its files.',
      name,
    );
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(name))
    return new DatabaseError(
      'damaged',
      'The database file is damaged. Stop the server and restore it from a backup.',
      name,
    );
  return new DatabaseError('unavailable', `The database cannot answer (${name}).`, name);
}
