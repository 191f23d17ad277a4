import { Command } from 'commander';
import { migrate } from '../database/migrate.ts';
import { openForCommand } from '../database/open.ts';
import { type DataFlags, dataOption, getLocation } from './options.ts';

export const migrateCommand = () =>
  new Command('migrate')
    .description('Creates missing tables. All other commands do this as well.')
    .addOption(dataOption())
    .action(async (flags: DataFlags) => {
      const database = openForCommand(getLocation(flags));
      try {
        const names = await migrate(database);
        console.log(names.length > 0 ? `Done: ${names.join(', ')}.` : 'Nothing to do.');
      } finally {
        await database.close();
      }
    });
