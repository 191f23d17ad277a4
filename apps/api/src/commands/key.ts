import { Command } from 'commander';
import { createKey, type ListedKey, listKeys, revokeKey } from '../api-keys/manage.ts';
import { type DataFlags, dataOption, parseId, parseName } from './options.ts';
import { formatTable } from './table.ts';
import { withDatabase, withKeys } from './with-database.ts';

export const keyCommand = () =>
  new Command('key').description('API keys.').addCommand(create()).addCommand(list()).addCommand(revoke());

const create = () =>
  new Command('create')
    .description('Makes a key and prints it. It is shown this once: only its hash is stored.')
    .requiredOption('--account <id>', 'the account that it opens', parseId)
    .option('--label <text>', 'what it is for', parseName, 'default')
    .addOption(dataOption())
    .addHelpText('after', '\nTo rotate a key, make a second one, move over to it, and revoke the first.')
    .action(async ({ account: accountId, label, ...flags }: DataFlags & { account: number; label: string }) => {
      const { key, id } = await withKeys(flags, (database, secret) =>
        createKey(database, secret, { accountId, label }),
      );
      // Apart from the key, so that a script can take that from standard output.
      console.error(`Key ${id} of account ${accountId}. Keep it: it is not shown again.`);
      console.log(key);
    });

const list = () =>
  new Command('list')
    .description('Lists keys by their IDs, with their last use to ten seconds.')
    .option('--account <id>', 'the keys of this account only', parseId)
    .addOption(dataOption())
    .action(async ({ account, ...flags }: DataFlags & { account?: number }) => {
      const keys = await withDatabase(flags, (database) => listKeys(database, account));
      console.log(formatTable(['ID', 'ACCOUNT', 'CREATED', 'LAST USED', 'REVOKED', 'LABEL'], keys.map(toRow)));
    });

const revoke = () =>
  new Command('revoke')
    .description('Revokes a key. A running server refuses it from then on.')
    .argument('<id>', 'the ID of the key, as `key list` shows it')
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
