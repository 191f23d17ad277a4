import { createCommand, UsageError } from '@firstofficer/common/command';
import { type Command, Option } from 'commander';
import { createKey, type KeyLimits, type ListedKey, listKeys, revokeKey, updateKey } from '../accounts.ts';
import { loadSecret } from '../api-keys/secret.ts';
import { withDatabase } from '../database/open.ts';
import { formatTime, printRows } from './format.ts';
import {
  createDataCommand,
  type DataFlags,
  getLocation,
  jsonOption,
  parseExpiry,
  parseId,
  parseLimit,
  parseName,
} from './options.ts';

export function createKeyCommand(): Command {
  return createCommand('key')
    .description('Manages API keys.')
    .addCommand(createCreateCommand())
    .addCommand(createListCommand())
    .addCommand(createUpdateCommand())
    .addCommand(createRevokeCommand());
}

interface LimitFlags {
  readonly expires?: number | 'never';
  readonly limit?: number | 'none';
}

const expiresOption = (parse: (value: string) => LimitFlags['expires'], never = '') =>
  new Option('--expires <time>', `when the key expires: 90d, 12h, 4w, a day or a time in ISO 8601${never}`).argParser(
    parse,
  );
const limitOption = (parse: (value: string) => LimitFlags['limit'], none = '') =>
  new Option('--limit <number>', `the number of requests that the key allows in one minute${none}`).argParser(parse);

/** Converts options to limits. Commander does not allow a parser to return null. */
const toLimits = ({ expires, limit }: LimitFlags): KeyLimits => ({
  ...(expires !== undefined && { expires_at: expires === 'never' ? null : expires }),
  ...(limit !== undefined && { limit_per_minute: limit === 'none' ? null : limit }),
});

interface CreateFlags extends DataFlags, LimitFlags {
  readonly account: number;
  readonly label: string;
}

function createCreateCommand(): Command {
  return createDataCommand(
    'create',
    'Creates a key and prints it. The key cannot be shown again, because only its hash is stored.',
  )
    .requiredOption('--account <id>', 'ID of the account that the key gives access to', parseId)
    .option('--label <text>', 'purpose of the key', parseName, 'default')
    .addOption(expiresOption(parseExpiry))
    .addOption(limitOption(parseLimit))
    .addHelpText('after', '\nTo rotate a key, create a second one, use it everywhere, then revoke the first.')
    .action(async ({ account: accountId, label, ...flags }: CreateFlags) => {
      const { key, id } = await withDatabase(getLocation(flags), async (database) => {
        const secret = await loadSecret(database, flags.data, process.env);
        return createKey(database, secret, { accountId, label, ...toLimits(flags) });
      });
      // On standard error, so that standard output contains only the key.
      console.error(`Created key ${id} for account ${accountId}. Store it now: it cannot be shown again.`);
      console.log(key);
    });
}

const HEAD = ['ID', 'ACCOUNT', 'CREATED', 'LAST USED', 'REVOKED', 'EXPIRES', 'LIMIT', 'LABEL'];

const toCells = ({ id, account_id, limit_per_minute, label, ...times }: ListedKey) => [
  id,
  String(account_id),
  ...[times.created_at, times.last_used_at, times.revoked_at, times.expires_at].map(formatTime),
  String(limit_per_minute ?? '–'),
  label,
];

function createListCommand(): Command {
  return createDataCommand(
    'list',
    'Lists keys with their limits and the times of their last use, accurate to 10 seconds.',
  )
    .option('--account <id>', 'list only the keys of this account', parseId)
    .addOption(jsonOption())
    .action(async ({ account, json, ...flags }: DataFlags & { account?: number; json?: true }) => {
      const keys = await withDatabase(getLocation(flags), (database) => listKeys(database, account));
      printRows(keys, { ...(json && { json }), head: HEAD, toCells });
    });
}

function createUpdateCommand(): Command {
  return createDataCommand('update', 'Changes the limits or the label of a key. A running server uses them at once.')
    .argument('<id>', 'ID of the key, as `key list` prints it')
    .addOption(expiresOption((value) => (value === 'never' ? value : parseExpiry(value)), ', or never'))
    .addOption(limitOption((value) => (value === 'none' ? value : parseLimit(value)), ', or none'))
    .option('--label <text>', 'purpose of the key, also of a revoked key', parseName)
    .action(async (id: string, { label, ...flags }: DataFlags & LimitFlags & { label?: string }) => {
      const changes = { ...toLimits(flags), ...(label !== undefined && { label }) };
      if (Object.keys(changes).length === 0)
        throw new UsageError('Nothing to change. Pass --expires, --limit or --label.');
      await withDatabase(getLocation(flags), (database) => updateKey(database, id, changes));
      console.log('Updated.');
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
