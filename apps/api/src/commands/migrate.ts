import type { Command } from 'commander';
import { migrate } from '../database/migrate.ts';
import { openForCommand } from '../database/open.ts';
import { createDataCommand, type DataFlags, getLocation } from './options.ts';

export function createMigrateCommand(): Command {
  return createDataCommand('migrate', 'Creates missing tables. All other commands do this as well.').action(
    async (flags: DataFlags) => {
      const database = openForCommand(getLocation(flags));
      try {
        const names = await migrate(database);
        console.log(names.length > 0 ? `Done: ${names.join(', ')}.` : 'Nothing to do.');
      } finally {
        await database.close();
      }
    },
  );
}
