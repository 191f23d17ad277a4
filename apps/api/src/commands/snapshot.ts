import { createCommand } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { quoteName } from '../import/read-records.ts';
import { formatCustomers } from '../snapshot/format-customers.ts';
import { readStripeData, type StripeData } from '../snapshot/read-stripe-data.ts';
import { eraseLine, openInput } from './input.ts';
import { parseName, parseUtcTime } from './options.ts';

interface Flags {
  readonly stripeData: string;
  readonly at?: number;
  readonly customer?: string;
  readonly byCurrency?: true;
  readonly explain?: true;
}

export function createSnapshotCommand(): Command {
  return createCommand('snapshot')
    .description('Computes the figures of customers from Stripe objects in a file. Needs no database and no API key.')
    .requiredOption('--stripe-data <file>', 'NDJSON file of Stripe objects; - for standard input')
    .option('--at <time>', 'day or time to compute the figures for, in UTC (default: now)', parseUtcTime)
    .option('--customer <id>', 'print only the customer with this Stripe ID', parseName)
    .option('--by-currency', 'print the figures in each currency instead of one snapshot for each customer')
    .option('--explain', 'explain the figures of one customer instead: lines, payments and reductions')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Each line of the file is an object as the Stripe API returns it: account,
customer, price, subscription, invoice with its lines, invoice_payment, charge,
refund, credit_note, dispute, balance_transaction. Other objects are ignored.
What happened after the time of --at does not count.

Examples:
  firstofficer-api snapshot --stripe-data data.ndjson
  firstofficer-api snapshot --stripe-data data.ndjson --at 2026-01-31T12:00Z
  firstofficer-api snapshot --stripe-data - --by-currency < data.ndjson
  firstofficer-api snapshot --stripe-data data.ndjson --customer cus_1 --explain

Exits with 1 if the file cannot be read, a line is invalid or the customer is
unknown.`;

async function run({ stripeData: file, at = Math.floor(Date.now() / 1000), ...flags }: Flags): Promise<void> {
  const data = await readFile(file);
  if (data.ignored.size > 0) console.error(describeIgnored(data.ignored));
  if (data.unassigned.length > 0) console.error(describeUnassigned(data.unassigned));
  if (data.customers.size === 0) console.error('The file contains no customers.');
  // Everything is computed before anything is printed, so that an error leaves no incomplete output.
  await print(formatCustomers(data, { ...flags, at }));
}

async function readFile(file: string): Promise<StripeData> {
  const onProgress = (lines: number) =>
    process.stderr.isTTY && process.stderr.write(`${eraseLine()}${lines.toLocaleString('en')} lines read`);
  try {
    return await readStripeData(await openInput(file), onProgress);
  } finally {
    process.stderr.write(eraseLine());
  }
}

const MAX_TYPES = 10;

function describeIgnored(ignored: ReadonlyMap<string, number>): string {
  const types = [...ignored].sort(([, one], [, other]) => other - one);
  const listed = types.slice(0, MAX_TYPES).map(([type, count]) => `${quoteName(type)} (${count})`);
  const rest = types.length > MAX_TYPES ? [`${types.length - MAX_TYPES} more types`] : [];
  return `Ignored objects of types that no figure needs: ${[...listed, ...rest].join(', ')}.`;
}

function describeUnassigned([first, ...others]: readonly number[]): string {
  const lines = others.length === 0 ? `line ${first} has` : `line ${first} and ${others.length} more lines have`;
  return `Left out: ${lines} a credit note, refund or dispute of no customer. Add its invoice or charge to the file.`;
}

const BATCH = 1000;

/** Prints lines. Ends without an error if the reader of standard output has left, such as `head`. */
async function print(lines: readonly string[]): Promise<void> {
  for (let start = 0; start < lines.length; start += BATCH) {
    const text = lines.slice(start, start + BATCH).map((line) => `${line}\n`);
    const error = await write(text.join(''));
    if (error?.code === 'EPIPE') return;
    if (error) throw new Error(`The output cannot be written (${error.code}).`);
  }
}

/** Writes to standard output, and returns the error if that fails. */
function write(text: string): Promise<NodeJS.ErrnoException | undefined> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | undefined>();
  // Without a listener, the error would end the process.
  process.stdout.once('error', resolve).write(text, (error) => {
    if (error) return;
    process.stdout.off('error', resolve);
    resolve(undefined);
  });
  return promise;
}
