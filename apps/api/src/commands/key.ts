import { Command } from 'commander';
import { createKey, type ListedKey, listKeys, revokeKey } from '../api-keys/manage.ts';
import { type DataFlags, dataOption, parseId, parseName } from './options.ts';
import { formatTable } from './table.ts';
import { withDatabase, withKeys } from './with-database.ts';

export const keyCommand = () =>
  new Command('key').description('Manages API keys.').addCommand(create()).addCommand(list()).addCommand(revoke());

const create = () =>
  new Command('create')
    .description('Creates a key and prints it. The key cannot be shown again, because only its hash is stored.')
    .requiredOption('--account <id>', 'ID of the account that the key gives access to', parseId)
    .option('--label <text>', 'purpose of the key', parseName, 'default')
    .addOption(dataOption())
    .addHelpText('after', '\nTo rotate a key, create a second one, use it everywhere, then revoke the first.')
    .action(async ({ account: accountId, label, ...flags }: DataFlags & { account: number; label: string }) => {
      const { key, id } = await withKeys(flags, (database, secret) =>
        createKey(database, secret, { accountId, label }),
      );
      // On standard error, so that standard output contains only the key.
      console.error(`Created key ${id} for account ${accountId}. Store it now: it cannot be shown again.`);
      console.log(key);
    });

const list = () =>
  new Command('list')
    .description('Lists keys with their IDs and the time of their last use, accurate to 10 seconds.')
    .option('--account <id>', 'list only the keys of this account', parseId)
    .addOption(dataOption())
    .action(async ({ account, ...flags }: DataFlags & { account?: number }) => {
      const keys = await withDatabase(flags, (database) => listKeys(database, account));
      console.log(formatTable(['ID', 'ACCOUNT', 'CREATED', 'LAST USED', 'REVOKED', 'LABEL'], keys.map(toRow)));
    });

const revoke = () =>
  new Command('revoke')
    .description('Revokes a key. A running server rejects it at once.')
    .argument('<id>', 'ID of the key, as `key list` prints it')
    .addOption(dataOption())
    .action(async (id: string, flags: DataFlags) => {
      await withDatabase(flags, (database) => revokeKey(database, id));
      console.log('Revoked.');
    });

function toRow({ id, account_id, created_at, last_used_at, revoked_at, label }: ListedKey): string[] {
  return [id, String(account_id), formatTime(created_at), formatTime(last_used_at), formatTime(revoked_at), label];
}

function formatTime(value: number | null): string {
  return value === null ? '–' : new Date(value).toISOString();
}
