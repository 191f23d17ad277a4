import { createCommand } from '@firstofficer/common/command';
import { type Command, Option } from 'commander';
import { withDatabase } from '../database/open.ts';
import { PROPERTIES } from '../import/customer.ts';
import { type ImportResult, importCustomers } from '../import/import-customers.ts';
import { readCsv } from '../import/read-csv.ts';
import { readNdjson } from '../import/read-ndjson.ts';
import type { SourceRecord } from '../import/read-records.ts';
import { eraseLine, openInput } from './input.ts';
import { type DataFlags, dataOption, EXIT, getLocation, parseId } from './options.ts';

/** The options of `import` that decide what is imported. */
interface ImportFlags {
  readonly format?: 'ndjson' | 'csv';
  readonly onError: 'stop' | 'skip';
  readonly prune?: true;
  readonly allowEmpty?: true;
}

interface Flags extends DataFlags, ImportFlags {
  readonly account: number;
}

export function createImportCommand(): Command {
  return createCommand('import')
    .description('Imports customers into an account. Adds new customers, and updates those whose id exists.')
    .argument('<file>', 'NDJSON or CSV file with the properties of customers and their email; - for standard input')
    .requiredOption('--account <id>', 'ID of the account that the customers belong to', parseId)
    .addOption(
      new Option(
        '--format <name>',
        'format of the file (default: csv if its name ends with .csv, else ndjson)',
      ).choices(['ndjson', 'csv']),
    )
    .addOption(
      new Option(
        '--on-error <what>',
        'how to handle an invalid line: stop imports nothing, skip imports all other lines',
      )
        .choices(['stop', 'skip'])
        .default('stop'),
    )
    .option('--prune', 'delete the customers of the account that the file does not contain')
    .option('--allow-empty', 'let --prune delete all customers if the file contains none')
    .addOption(dataOption())
    .addHelpText(
      'after',
      '\nReads all lines before it changes any customer. You can safely repeat an import.\n' +
        'A property that a line omits keeps its value, and null removes it.\n' +
        'Exits with 1 if nothing was imported because of an invalid line.',
    )
    .action(run);
}

async function run(file: string, { account: accountId, ...flags }: Flags, command: Command): Promise<void> {
  checkFlags(flags, command);
  const { onError, prune = false, allowEmpty = false } = flags;
  const records = readRecords(await openInput(file), flags.format ?? guessFormat(file));
  const result = await withDatabase(getLocation(flags), (database) =>
    importCustomers(database, records, {
      accountId,
      onError,
      prune,
      allowEmpty,
      onRejected: (line, reason) => console.error(`${eraseLine()}line ${line}: ${reason}`),
      onProgress: (read) => process.stderr.isTTY && process.stderr.write(`${eraseLine()}${read} lines read`),
    }),
  );
  process.stderr.write(eraseLine());
  const { imported, rejected, removed } = result;
  const removal = prune ? `, removed ${removed}` : '';
  console.log(`Imported ${imported}, rejected ${rejected}${removal}.${advise(result, flags)}`);
  if (imported === 0 && rejected > 0) process.exitCode = EXIT.failed;
}

function checkFlags({ prune, allowEmpty, onError }: ImportFlags, command: Command) {
  if (prune && onError === 'skip') {
    command.error('error: --prune would delete the customers of skipped lines. Leave out --on-error skip.', {
      exitCode: EXIT.usage,
    });
  }
  if (allowEmpty && !prune) command.error('error: --allow-empty needs --prune.', { exitCode: EXIT.usage });
}

/** Returns what to do if nothing was imported because of an invalid line. */
function advise({ imported, rejected, isComplete, isReadable }: ImportResult, { onError, prune }: ImportFlags): string {
  if (imported > 0 || rejected === 0) return '';
  if (isComplete) return ' Correct the lines.';
  if (!isReadable) return ' Correct the file.';
  return onError === 'stop' && !prune
    ? ' Correct the line, or pass --on-error skip to leave invalid lines out.'
    : ' Correct the line.';
}

function readRecords(input: AsyncIterable<Buffer>, format: 'ndjson' | 'csv'): AsyncIterable<SourceRecord> {
  return format === 'csv' ? readCsv(input, PROPERTIES) : readNdjson(input);
}

function guessFormat(file: string): 'ndjson' | 'csv' {
  return /\.csv$/i.test(file) ? 'csv' : 'ndjson';
}
