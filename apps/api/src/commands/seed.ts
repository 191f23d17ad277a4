import type { Command } from 'commander';
import { seed } from '../seed.ts';
import { createDataCommand, type DataFlags, getLocation } from './options.ts';

export function createSeedCommand(): Command {
  return createDataCommand(
    'seed',
    'Computes the example customers of the description from Stripe objects and prints a key for them. For local use.',
  )
    .addHelpText('after', '\nRevokes the keys of earlier seeds. Needs no Stripe key.')
    .action(async (flags: DataFlags) => {
      const { accountId, key, customers } = await seed(getLocation(flags));
      console.error(`Loaded ${customers} customers into account ${accountId}. Its key is:`);
      console.log(key);
    });
}
