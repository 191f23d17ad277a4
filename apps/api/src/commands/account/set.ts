import { UsageError } from '@firstofficer/common/command';
import { type Command, InvalidArgumentError } from 'commander';
import { type AccountSettings, updateAccountSettings } from '../../accounts.ts';
import { withDatabase } from '../../database/open.ts';
import { createDataCommand, type DataFlags, getLocation, parseId } from '../options.ts';

interface SetFlags extends DataFlags {
  /** false: `--no-extra-id-key`. */
  readonly extraIdKey?: string | false;
  readonly defaultCurrency?: string | false;
}

export function createSetCommand(): Command {
  return createDataCommand('set', 'Changes how `sync` fills the customers of an account.')
    .argument('<id>', 'ID of the account', parseId)
    .option(
      '--extra-id-key <key>',
      'key in the metadata of Stripe customers whose value is the extra ID, such as user_id',
      parseMetadataKey,
    )
    .option('--no-extra-id-key', 'give customers no extra ID')
    .option('--default-currency <code>', 'currency of customers that have no payment yet, such as eur', parseCurrency)
    .option('--no-default-currency', 'use usd for them')
    .addHelpText(
      'after',
      '\nThe next sync computes all customers of the account again. Until then, they keep their values.',
    )
    .action(async (id: number, { extraIdKey, defaultCurrency, ...flags }: SetFlags) => {
      const settings: Partial<AccountSettings> = {
        ...(extraIdKey !== undefined && { extra_id_key: extraIdKey || null }),
        ...(defaultCurrency !== undefined && { default_currency: defaultCurrency || null }),
      };
      if (Object.keys(settings).length === 0) {
        throw new UsageError('Nothing to change. Pass --extra-id-key or --default-currency.');
      }
      await withDatabase(getLocation(flags), (database) => updateAccountSettings(database, id, settings));
      console.log('Changed. The next sync computes all customers of the account again.');
    });
}

/** Parses a key of Stripe's metadata, which has at most 40 characters and no square brackets. */
function parseMetadataKey(value: string): string {
  if (!/^[^[\]]{1,40}$/u.test(value)) {
    throw new InvalidArgumentError('It must have 1 to 40 characters, and no square brackets.');
  }
  return value;
}

function parseCurrency(value: string): string {
  if (!/^[a-z]{3}$/i.test(value)) throw new InvalidArgumentError('It must be a code of three letters, such as eur.');
  return value.toLowerCase();
}
