import { createCommand } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { listChanges } from '../audit.ts';
import { withDatabase } from '../database/open.ts';
import { formatTime, printRows } from './format.ts';
import { createDataCommand, type DataFlags, getLocation, jsonOption, parseId, parseTime } from './options.ts';

interface Flags extends DataFlags {
  readonly account?: number;
  readonly since?: number;
  readonly json?: true;
}

export function createAuditCommand(): Command {
  return createCommand('audit').description('Shows the changes that commands made.').addCommand(createListCommand());
}

function createListCommand(): Command {
  return createDataCommand('list', 'Lists changes with their time, user and host, oldest first.')
    .option('--account <id>', 'list only the changes of this account', parseId)
    .option(
      '--since <time>',
      'list only the changes from this time on, such as 2027-01-31 or 2027-01-31T12:00Z',
      parseTime,
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nThe list contains no keys, names of accounts, identifiers of customers or email addresses.',
    )
    .action(async ({ account, since, json, ...flags }: Flags) => {
      const filter = { ...(account !== undefined && { accountId: account }), ...(since !== undefined && { since }) };
      const changes = await withDatabase(getLocation(flags), (database) => listChanges(database, filter));
      printRows(
        changes.map(({ details, ...change }) => ({ ...change, details: JSON.parse(details) as unknown })),
        {
          ...(json && { json }),
          head: ['TIME', 'USER', 'COMMAND', 'ACCOUNT', 'SUBJECT', 'DETAILS'],
          toCells: ({ at, actor, command, account_id, subject, details }) => [
            formatTime(at),
            actor,
            command,
            String(account_id ?? '–'),
            subject ?? '–',
            JSON.stringify(details),
          ],
        },
      );
    });
}
