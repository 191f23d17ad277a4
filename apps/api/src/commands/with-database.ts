import { checkSecret, loadSecret } from '../api-keys/secret.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { openForCommand } from '../database/open.ts';
import { type DataFlags, getLocation } from './options.ts';

/** Opens the database, runs missing migrations, calls the action, and closes the database. */
export async function withDatabase<T>(flags: DataFlags, action: (database: Database) => Promise<T>): Promise<T> {
  const database = openForCommand(getLocation(flags));
  try {
    await migrate(database);
    return await action(database);
  } finally {
    await database.close();
  }
}

/** Does the same as {@link withDatabase}, and passes the secret that keys are hashed with. */
export async function withKeys<T>(
  flags: DataFlags,
  action: (database: Database, secret: string) => Promise<T>,
): Promise<T> {
  return withDatabase(flags, async (database) => {
    const secret = loadSecret(flags.data, process.env);
    await checkSecret(database, secret);
    return action(database, secret);
  });
}
