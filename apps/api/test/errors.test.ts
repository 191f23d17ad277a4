import { expect, test } from 'vitest';
import { findDatabaseError, toDatabaseError } from '../src/database/errors.ts';

test.for([
  ['SQLITE_IOERR_SHMSIZE', 'full', 'The disk is full.'],
  ['EDQUOT', 'full', 'The disk is full.'],
  ['28P01', 'forbidden', 'PostgreSQL refuses the user, the password or this machine.'],
  ['08P01', 'unavailable', 'PgBouncer refuses'],
  ['3D000', 'setting', 'The database of DATABASE_URL does not exist.'],
  ['3F000', 'setting', 'There is no schema for the tables.'],
  ['25006', 'unavailable', 'The server of the database only accepts reads.'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'setting', 'The certificate of the database is not trusted.'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'setting', 'The certificate of the database is for another host.'],
  ['ENOTFOUND', 'unavailable', 'The database cannot answer (ENOTFOUND).'],
] as const)('the code %s means %s: %s', ([code, fault, message]) => {
  const error = toDatabaseError(Object.assign(new Error('the password hunter2 is wrong'), { code }));
  expect(error).toMatchObject({ code, fault, message: expect.stringContaining(message) });
  expect(error.message).not.toContain('hunter2');
});

test('errors of the PostgreSQL driver without a code are recognised, and no others', () => {
  for (const message of [
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
  ]) {
    expect(findDatabaseError(new Error(message))?.fault).toBe('unavailable');
  }
  expect(findDatabaseError(new Error('Account 1 does not exist.'))).toBeUndefined();
});
