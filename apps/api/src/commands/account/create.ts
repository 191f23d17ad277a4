import type { Command } from 'commander';
import { createAccount } from '../../accounts.ts';
import { withDatabase } from '../../database/open.ts';
import { createDataCommand, type DataFlags, getLocation, parseName } from '../options.ts';

export function createCreateCommand(): Command {
  return createDataCommand('create', 'Creates an account and prints its ID.')
    .argument('<name>', 'name of the account', parseName)
    .action(async (name: string, flags: DataFlags) => {
      console.log(await withDatabase(getLocation(flags), (database) => createAccount(database, name)));
    });
}
