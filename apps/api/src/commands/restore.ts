import type { Command } from 'commander';
import { restoreBackup } from '../backup/restore.ts';
import { checkSqlite } from './backup.ts';
import { createDataCommand, type DataFlags } from './options.ts';

export function createRestoreCommand(): Command {
  return createDataCommand(
    'restore',
    'Restores the SQLite database and the secret from a backup. Stop the server first.',
  )
    .argument('<directory>', 'directory that `backup` created')
    .option('--force', 'replace the existing database and secret')
    .action(async (directory: string, { force = false, ...flags }: DataFlags & { force?: boolean }) => {
      checkSqlite(flags, 'Restore it with pg_restore, and restore the secret as well.');
      const createdAt = await restoreBackup(directory, { directory: flags.data, env: process.env }, force);
      console.log(`Restored the backup of ${createdAt}.`);
    });
}
