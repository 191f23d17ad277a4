import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { INTEGER_COLUMNS } from '../customers/columns.ts';
import { customerReader } from '../import/customer.ts';
import { importCustomers } from '../import/import-customers.ts';
import { readCsv } from '../import/read-csv.ts';
import { readNdjson } from '../import/read-ndjson.ts';
import type { SourceRecord } from '../import/record.ts';
import { RefusedError } from '../refused-error.ts';
import { EXIT } from './exit-codes.ts';
import { type DataFlags, dataOption, parseId } from './options.ts';
import { withDatabase } from './with-database.ts';

interface Flags extends DataFlags {
  readonly account: number;
  readonly format?: 'ndjson' | 'csv';
  readonly onError: 'stop' | 'skip';
}

export const importCommand = () =>
  new Command('import')
    .description('Imports customers into an account: new ones are added, known ones (by id) are replaced.')
    .argument('<file>', 'NDJSON or CSV with the members of a customer, and email; - reads standard input')
    .requiredOption('--account <id>', 'the account that the customers belong to', parseId)
    .addOption(
      new Option('--format <name>', 'default: by the name of the file, else ndjson').choices(['ndjson', 'csv']),
    )
    .addOption(
      new Option('--on-error <what>', 'what to do about a line that is refused: import nothing, or all the others')
        .choices(['stop', 'skip'])
        .default('stop'),
    )
    .addOption(dataOption())
    .addHelpText('after', '\nNothing is changed before everything was read. Repeating an import does no harm.')
    .action(run);

async function run(file: string, { account: accountId, onError, ...flags }: Flags): Promise<void> {
  const reader = await customerReader();
  const records = readRecords(await openInput(file), flags.format ?? guessFormat(file));
  const { imported, refused } = await withDatabase(flags, (database) =>
    importCustomers(database, records, reader, {
      accountId,
      onError,
      onRefused: (line, reason) => console.error(`${clear()}line ${line}: ${reason}`),
      onProgress: (read) => process.stderr.isTTY && process.stderr.write(`${clear()}${read} lines read`),
    }),
  );
  process.stderr.write(clear());
  const stopped = refused > 0 && onError === 'stop';
  const advice = stopped ? ' Mend the line, or leave such lines out with --on-error skip.' : '';
  console.log(`Imported ${imported}, refused ${refused}.${advice}`);
  if (stopped) process.exitCode = EXIT.refused;
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
    throw new RefusedError(`The file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function guessFormat(file: string): 'ndjson' | 'csv' {
  return /\.csv$/i.test(file) ? 'csv' : 'ndjson';
}

/** Takes away the line that shows the progress. */
function clear(): string {
  return process.stderr.isTTY ? '\r\u001b[K' : '';
}
