import { Command } from 'commander';
import { seed } from '../seed.ts';
import { type DataFlags, dataOption, getLocation } from './options.ts';

export const seedCommand = () =>
  new Command('seed')
    .description("Loads the description's example customers, and prints a key for them. For local use.")
    .addOption(dataOption())
    .addHelpText('after', '\nThe key of an earlier seed is revoked.')
    .action(async (flags: DataFlags) => {
      const { accountId, key, customers } = await seed(getLocation(flags));
      console.error(`${customers} customers in account ${accountId}. Their key is:`);
      console.log(key);
    });
