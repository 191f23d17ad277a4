import type { Command } from 'commander';
import { renameAccount } from '../../accounts.ts';
import { withDatabase } from '../../database/open.ts';
import { createDataCommand, type DataFlags, getLocation, parseId, parseName } from '../options.ts';

export function createRenameCommand(): Command {
  return createDataCommand('rename', 'Changes the name of an account.')
    .argument('<id>', 'ID of the account', parseId)
    .argument('<name>', 'new name of the account', parseName)
    .action(async (id: number, name: string, flags: DataFlags) => {
      await withDatabase(getLocation(flags), (database) => renameAccount(database, id, name));
      console.log('Renamed.');
    });
}
