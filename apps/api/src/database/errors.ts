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

/** The faults that the error codes of SQLite, PostgreSQL and Node describe. */
const FAULTS: readonly (readonly [codes: RegExp, fault: DatabaseFault, message: string])[] = [
  [
    // On PostgreSQL: serialization failure, deadlock and lock timeout.
    /^SQLITE_BUSY|^SQLITE_LOCKED|^40001$|^40P01$|^55P03$/,
    'locked',
    'The database is locked by another process. Try again later.',
  ],
  // SQLITE_IOERR_SHMSIZE: there is no space for the memory that processes share.
  [
    /^SQLITE_FULL|^SQLITE_IOERR_SHMSIZE$|^53100$|^ENOSPC$|^EDQUOT$/,
    'full',
    'The disk is full. Free some space and try again.',
  ],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^EACCES$|^EROFS$/,
    'forbidden',
    'The database cannot be opened or written. Check the permissions of its files.',
  ],
  [
    /^42501$/,
    'forbidden',
    'The user of the database lacks a privilege. To let it create tables: grant create on schema public to NAME',
  ],
  [
    /^28(000|P01)$/,
    'forbidden',
    'PostgreSQL refuses the user, the password or this machine. Check DATABASE_URL, and pg_hba.conf of the server.',
  ],
  [
    /^08P01$/,
    'unavailable',
    'PgBouncer refuses the database, the user or the mode of its pool, or cannot reach PostgreSQL. See its log.',
  ],
  [/^3D000$/, 'setting', 'The database of DATABASE_URL does not exist. Create it, or correct its name.'],
  [/^3F000$/, 'setting', 'There is no schema for the tables. Create one, and name it in the search_path of the user.'],
  [
    /^25006$/,
    'unavailable',
    'The server of the database only accepts reads. Add target_session_attrs=read-write to a URL with several servers.',
  ],
  [
    /^ERR_TLS_CERT_ALTNAME/,
    'setting',
    'The certificate of the database is for another host. Use its host in DATABASE_URL, or sslmode=verify-ca.',
  ],
  [
    /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|CERT_)/,
    'setting',
    'The certificate of the database is not trusted. Set sslrootcert in DATABASE_URL to the file of its authority.',
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'damaged',
    'The database file is damaged. Stop the server and restore it from a backup.',
  ],
];

/** The reasons that messages of the PostgreSQL driver describe, because these errors have no code. */
const REASONS: readonly (readonly [message: RegExp, reason: string])[] = [
  [/timeout/i, 'timeout'],
  [/^Connection terminated|^Client .* not queryable$/, 'connection closed'],
  [/not support SSL/, 'no TLS'],
];

// The messages of the errors that the PostgreSQL driver throws without a code.
const WITHOUT_CODE =
  /^(Connection terminated|Client .* not queryable$|Query read timeout|timeout exceeded when trying)/;

/** Returns an error of a driver as a DatabaseError, or undefined if it is another error. Only drivers give errors a code. */
export function findDatabaseError(error: unknown): DatabaseError | undefined {
  const isOfDriver = 'code' in Object(error) || (error instanceof Error && WITHOUT_CODE.test(error.message));
  return isOfDriver ? toDatabaseError(error) : undefined;
}

/** Converts an error of a driver to a DatabaseError without the driver's message. */
export function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { code = '', errno, message: text = '' } = error as { code?: string; errno?: unknown; message?: string };
  const reason = REASONS.find(([pattern]) => pattern.test(text))?.[1];
  const name = code || String(errno ?? reason ?? (error instanceof Error ? error.name : 'unknown'));
  const [, fault = 'unavailable', message = `The database cannot answer (${name}).`] =
    FAULTS.find(([codes]) => codes.test(name)) ?? [];
  return new DatabaseError(fault, message, name);
}
