import { Command } from 'commander';
import { createAccount, listAccounts } from '../accounts.ts';
import { type DataFlags, dataOption, parseName } from './options.ts';
import { formatTable } from './table.ts';
import { withDatabase } from './with-database.ts';

export const accountCommand = () =>
  new Command('account')
    .description('Manages accounts. Each account has its own customers and API keys.')
    .addCommand(
      new Command('create')
        .description('Creates an account and prints its ID.')
        .argument('<name>', 'name of the account', parseName)
        .addOption(dataOption())
        .action(async (name: string, flags: DataFlags) => {
          console.log(await withDatabase(flags, (database) => createAccount(database, name)));
        }),
    )
    .addCommand(
      new Command('list')
        .description('Lists all accounts.')
        .addOption(dataOption())
        .action(async (flags: DataFlags) => {
          const accounts = await withDatabase(flags, listAccounts);
          const rows = accounts.map(({ id, name, created_at }) => [
            String(id),
            new Date(created_at).toISOString(),
            name,
          ]);
          console.log(formatTable(['ID', 'CREATED', 'NAME'], rows));
        }),
    );
