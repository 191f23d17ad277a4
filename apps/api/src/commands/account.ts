import { createCommand } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { createAccount, listAccounts, renameAccount } from '../accounts.ts';
import { withDatabase } from '../database/open.ts';
import { formatTime, printRows } from './format.ts';
import { createDataCommand, type DataFlags, getLocation, jsonOption, parseId, parseName } from './options.ts';

export function createAccountCommand(): Command {
  return createCommand('account')
    .description('Manages accounts. Each account has its own customers and API keys.')
    .addCommand(createCreateCommand())
    .addCommand(createListCommand())
    .addCommand(createRenameCommand());
}

function createCreateCommand(): Command {
  return createDataCommand('create', 'Creates an account and prints its ID.')
    .argument('<name>', 'name of the account', parseName)
    .action(async (name: string, flags: DataFlags) => {
      console.log(await withDatabase(getLocation(flags), (database) => createAccount(database, name)));
    });
}

function createListCommand(): Command {
  return createDataCommand('list', 'Lists all accounts.')
    .addOption(jsonOption())
    .action(async ({ json, ...flags }: DataFlags & { json?: true }) => {
      printRows(await withDatabase(getLocation(flags), listAccounts), {
        ...(json && { json }),
        head: ['ID', 'CREATED', 'NAME'],
        toCells: ({ id, name, created_at }) => [String(id), formatTime(created_at), name],
      });
    });
}

function createRenameCommand(): Command {
  return createDataCommand('rename', 'Changes the name of an account.')
    .argument('<id>', 'ID of the account', parseId)
    .argument('<name>', 'new name of the account', parseName)
    .action(async (id: number, name: string, flags: DataFlags) => {
      await withDatabase(getLocation(flags), (database) => renameAccount(database, id, name));
      console.log('Renamed.');
    });
}
