import { createCommand } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { createAccount, createKey, type ListedKey, listAccounts, listKeys, revokeKey } from '../accounts.ts';
import { loadSecret } from '../api-keys/secret.ts';
import { migrate } from '../database/migrate.ts';
import { openForCommand, withDatabase } from '../database/open.ts';
import { seed } from '../seed.ts';
import { type DataFlags, dataOption, getLocation, parseId, parseName } from './options.ts';

/** Creates the commands that manage the database, accounts and keys. */
export function createDataCommands(): Command[] {
  return [
    createDataCommand('migrate', 'Creates missing tables. All other commands do this as well.').action(
      async (flags: DataFlags) => {
        const database = openForCommand(getLocation(flags));
        try {
          const names = await migrate(database);
          console.log(names.length > 0 ? `Done: ${names.join(', ')}.` : 'Nothing to do.');
        } finally {
          await database.close();
        }
      },
    ),
    createCommand('account')
      .description('Manages accounts. Each account has its own customers and API keys.')
      .addCommand(createAccountCommand())
      .addCommand(listAccountsCommand()),
    createCommand('key')
      .description('Manages API keys.')
      .addCommand(createKeyCommand())
      .addCommand(listKeysCommand())
      .addCommand(revokeKeyCommand()),
    createDataCommand(
      'seed',
      'Loads the example customers of the description and prints a key for them. For local use.',
    )
      .addHelpText('after', '\nRevokes the keys of earlier seeds.')
      .action(async (flags: DataFlags) => {
        const { accountId, key, customers } = await seed(getLocation(flags));
        console.error(`Loaded ${customers} customers into account ${accountId}. Its key is:`);
        console.log(key);
      }),
  ];
}

function createDataCommand(name: string, description: string): Command {
  return createCommand(name).description(description).addOption(dataOption());
}

function createAccountCommand(): Command {
  return createDataCommand('create', 'Creates an account and prints its ID.')
    .argument('<name>', 'name of the account', parseName)
    .action(async (name: string, flags: DataFlags) => {
      console.log(await withDatabase(getLocation(flags), (database) => createAccount(database, name)));
    });
}

function listAccountsCommand(): Command {
  return createDataCommand('list', 'Lists all accounts.').action(async (flags: DataFlags) => {
    const accounts = await withDatabase(getLocation(flags), listAccounts);
    const rows = accounts.map(({ id, name, created_at }) => [String(id), formatTime(created_at), name]);
    console.log(formatTable(['ID', 'CREATED', 'NAME'], rows));
  });
}

function createKeyCommand(): Command {
  return createDataCommand(
    'create',
    'Creates a key and prints it. The key cannot be shown again, because only its hash is stored.',
  )
    .requiredOption('--account <id>', 'ID of the account that the key gives access to', parseId)
    .option('--label <text>', 'purpose of the key', parseName, 'default')
    .addHelpText('after', '\nTo rotate a key, create a second one, use it everywhere, then revoke the first.')
    .action(async ({ account: accountId, label, ...flags }: DataFlags & { account: number; label: string }) => {
      const { key, id } = await withDatabase(getLocation(flags), async (database) => {
        const secret = await loadSecret(database, flags.data, process.env);
        return createKey(database, secret, { accountId, label });
      });
      // On standard error, so that standard output contains only the key.
      console.error(`Created key ${id} for account ${accountId}. Store it now: it cannot be shown again.`);
      console.log(key);
    });
}

function listKeysCommand(): Command {
  return createDataCommand('list', 'Lists keys with their IDs and the times of their last use, accurate to 10 seconds.')
    .option('--account <id>', 'list only the keys of this account', parseId)
    .action(async ({ account, ...flags }: DataFlags & { account?: number }) => {
      const keys = await withDatabase(getLocation(flags), (database) => listKeys(database, account));
      const toRow = ({ id, account_id, created_at, last_used_at, revoked_at, label }: ListedKey) => [
        id,
        String(account_id),
        ...[created_at, last_used_at, revoked_at].map(formatTime),
        label,
      ];
      console.log(formatTable(['ID', 'ACCOUNT', 'CREATED', 'LAST USED', 'REVOKED', 'LABEL'], keys.map(toRow)));
    });
}

function revokeKeyCommand(): Command {
  return createDataCommand('revoke', 'Revokes a key. A running server rejects it at once.')
    .argument('<id>', 'ID of the key, as `key list` prints it')
    .action(async (id: string, flags: DataFlags) => {
      await withDatabase(getLocation(flags), (database) => revokeKey(database, id));
      console.log('Revoked.');
    });
}

function formatTime(value: number | null): string {
  return value === null ? '–' : new Date(value).toISOString();
}

/** Formats rows as a table. Replaces control characters, because names are user input. */
function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll(/\p{Cc}/gu, ' ')));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const formatRow = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return all.map((row) => formatRow(row).trimEnd()).join('\n');
}
