import { UsageError } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { createBackup } from '../backup/backup.ts';
import { createDataCommand, type DataFlags, getLocation } from './options.ts';

export function createBackupCommand(): Command {
  return createDataCommand(
    'backup',
    'Copies the SQLite database and the secret to a new directory. The server continues.',
  )
    .argument('<directory>', 'directory that is created for the backup')
    .action(async (directory: string, flags: DataFlags) => {
      checkSqlite(flags, 'Back it up with pg_dump, and back up the secret as well.');
      const { files, variables } = await createBackup({ directory: flags.data, env: process.env }, directory);
      console.log(`Backed up ${files.join(' and ')} to ${directory}.`);
      for (const name of variables) console.error(`The backup does not contain ${name}. Back it up as well.`);
    });
}

/** Checks that the data is in SQLite. */
export function checkSqlite(flags: DataFlags, hint: string): void {
  if (getLocation(flags).url === undefined) return;
  throw new UsageError(`The data is in PostgreSQL, because DATABASE_URL is set. ${hint}`);
}
