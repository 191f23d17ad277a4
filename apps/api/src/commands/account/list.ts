import type { Command } from 'commander';
import { listAccounts } from '../../accounts.ts';
import { withDatabase } from '../../database/open.ts';
import { formatTime, printRows } from '../format.ts';
import { createDataCommand, type DataFlags, getLocation, jsonOption } from '../options.ts';

export function createListCommand(): Command {
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
