import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createCommand } from '@firstofficer/common/command';
import { type Command, Option } from 'commander';
import { INTEGER_COLUMNS } from '../customers/columns.ts';
import { withDatabase } from '../database/open.ts';
import { importCustomers } from '../import/import-customers.ts';
import { readCsv, readNdjson, type SourceRecord } from '../import/read-records.ts';
import { type DataFlags, dataOption, EXIT, getLocation, parseId } from './options.ts';

interface Flags extends DataFlags {
  readonly account: number;
  readonly format?: 'ndjson' | 'csv';
  readonly onError: 'stop' | 'skip';
}

export function createImportCommand(): Command {
  return createCommand('import')
    .description('Imports customers into an account. Adds new customers, and replaces those whose id exists.')
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
    .addOption(dataOption())
    .addHelpText('after', '\nReads all lines before it changes any customer. You can safely repeat an import.')
    .action(run);
}

async function run(file: string, { account: accountId, onError, ...flags }: Flags): Promise<void> {
  const records = readRecords(await openInput(file), flags.format ?? guessFormat(file));
  const { imported, rejected } = await withDatabase(getLocation(flags), (database) =>
    importCustomers(database, records, {
      accountId,
      onError,
      onRejected: (line, reason) => console.error(`${eraseLine()}line ${line}: ${reason}`),
      onProgress: (read) => process.stderr.isTTY && process.stderr.write(`${eraseLine()}${read} lines read`),
    }),
  );
  process.stderr.write(eraseLine());
  const isStopped = rejected > 0 && onError === 'stop';
  const advice = isStopped ? ' Correct the line, or pass --on-error skip to leave invalid lines out.' : '';
  console.log(`Imported ${imported}, rejected ${rejected}.${advice}`);
  if (isStopped) process.exitCode = EXIT.failed;
}

function readRecords(input: AsyncIterable<Buffer>, format: 'ndjson' | 'csv'): AsyncIterable<SourceRecord> {
  return format === 'csv' ? readCsv(input, INTEGER_COLUMNS) : readNdjson(input);
}

async function openInput(file: string): Promise<AsyncIterable<Buffer>> {
  if (file === '-') return process.stdin;
  try {
    const handle = await open(file);
    if ((await handle.stat()).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return createReadStream(file, { fd: handle });
  } catch (error) {
    throw new Error(
      `The file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path and its permissions.`,
    );
  }
}

function guessFormat(file: string): 'ndjson' | 'csv' {
  return /\.csv$/i.test(file) ? 'csv' : 'ndjson';
}

/** Returns the control characters that erase the progress line. */
function eraseLine(): string {
  return process.stderr.isTTY ? '\r\u001b[K' : '';
}
