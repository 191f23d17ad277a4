import { createCommand } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { createKey, type ListedKey, listKeys, revokeKey } from '../accounts.ts';
import { loadSecret } from '../api-keys/secret.ts';
import { withDatabase } from '../database/open.ts';
import { formatTable, formatTime } from './format.ts';
import { createDataCommand, type DataFlags, getLocation, parseId, parseName } from './options.ts';

export function createKeyCommand(): Command {
  return createCommand('key')
    .description('Manages API keys.')
    .addCommand(createCreateCommand())
    .addCommand(createListCommand())
    .addCommand(createRevokeCommand());
}

function createCreateCommand(): Command {
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

function createListCommand(): Command {
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

function createRevokeCommand(): Command {
  return createDataCommand('revoke', 'Revokes a key. A running server rejects it at once.')
    .argument('<id>', 'ID of the key, as `key list` prints it')
    .action(async (id: string, flags: DataFlags) => {
      await withDatabase(getLocation(flags), (database) => revokeKey(database, id));
      console.log('Revoked.');
    });
}
