import { open, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createCommand, UsageError } from '@firstofficer/common/command';
import { type Command, Option } from 'commander';
import { checkAccount } from '../accounts.ts';
import { loadSecret } from '../api-keys/secret.ts';
import { recordChange } from '../audit.ts';
import { CUSTOMER_COLUMNS, type CustomerValues } from '../customers/columns.ts';
import { eraseCustomers, findMatches, findStripeCustomers, SeveralCustomersError } from '../customers/erase.ts';
import { checkErasure, isErased, type Receipt } from '../customers/erasure-receipt.ts';
import { findCustomer, listCustomers, readCustomers } from '../customers/records.ts';
import type { Database } from '../database/database.ts';
import { PRIVATE } from '../database/files.ts';
import { withDatabase } from '../database/open.ts';
import { runInTransaction } from '../database/transaction.ts';
import { formatJson, formatTable, formatTime, printRows } from './format.ts';
import {
  createDataCommand,
  type DataFlags,
  getLocation,
  jsonOption,
  parseCount,
  parseCustomerId,
  parseId,
} from './options.ts';

interface AccountFlags extends DataFlags {
  readonly account: number;
  readonly json?: true;
}

export function createCustomerCommand(): Command {
  return createCommand('customer')
    .description('Shows, exports and deletes the customers of an account. `import` adds and changes them.')
    .addCommand(createListCommand())
    .addCommand(createShowCommand())
    .addCommand(createExportCommand())
    .addCommand(createDeleteCommand());
}

function createAccountCommand(name: string, description: string): Command {
  return createDataCommand(name, description).requiredOption('--account <id>', 'ID of the account', parseId);
}

const IDENTIFIER = 'Stripe ID, FirstOfficer ID, extra ID or email address';
const HEAD = CUSTOMER_COLUMNS.map((name) => name.replaceAll('_', ' ').toUpperCase());
const toCells = (customer: CustomerValues) => CUSTOMER_COLUMNS.map((name) => String(customer[name] ?? '–'));

function createListCommand(): Command {
  return createAccountCommand('list', 'Lists customers in the order of their FirstOfficer IDs.')
    .option('--after <id>', 'list only customers with a greater FirstOfficer ID', parseCustomerId, 0)
    .option('--limit <number>', 'list at most this many customers', parseCount, 100)
    .addOption(jsonOption())
    .action(async ({ account, after, limit, json, ...flags }: AccountFlags & { after: number; limit: number }) => {
      const customers = await withAccount(flags, account, ({ query }) =>
        listCustomers(query, { accountId: account, after, limit }),
      );
      printRows(customers, { ...(json && { json }), head: HEAD, toCells });
    });
}

function createShowCommand(): Command {
  return createAccountCommand('show', 'Shows a customer with its email address. Finds it in the same way as the API.')
    .argument('<identifier>', IDENTIFIER)
    .addOption(jsonOption())
    .action(async (identifier: string, { account, json, ...flags }: AccountFlags) => {
      const customer = await withAccount(flags, account, (database) => findCustomer(database, account, identifier));
      if (!customer) return throwUnknown(account);
      if (json) return console.log(formatJson(customer));
      const cells = toCells(customer);
      return console.log(
        formatTable(
          ['COLUMN', 'VALUE'],
          CUSTOMER_COLUMNS.map((name, at) => [name, cells[at] ?? '']),
        ),
      );
    });
}

interface ExportFlags extends AccountFlags {
  readonly format: keyof typeof FORMATS;
  readonly output?: string;
}

function createExportCommand(): Command {
  return createAccountCommand('export', 'Writes all customers in a format that `import` reads.')
    .addOption(new Option('--format <name>', 'format').choices(Object.keys(FORMATS)).default('ndjson'))
    .option('--output <file>', 'file to write, which only its owner can read (default: standard output)')
    .action(async ({ account, format, output, ...flags }: ExportFlags) => {
      await withAccount(flags, account, async (database) => {
        const destination = output === undefined ? STANDARD_OUTPUT : await createOutput(output);
        try {
          await runInTransaction(database, (db) =>
            recordChange(db, { command: 'customer export', accountId: account }),
          );
          await exportTo(destination.stream, { database, account, format });
          await destination.finish();
        } catch (error) {
          await destination.discard();
          throw error;
        }
      });
    });
}

/** Functions that format customers. */
const FORMATS = {
  ndjson: { head: '', formatCustomer: (customer: CustomerValues) => formatJson(customer) },
  csv: {
    head: `${CUSTOMER_COLUMNS.join(',')}\n`,
    formatCustomer: (customer: CustomerValues) => CUSTOMER_COLUMNS.map((name) => quote(customer[name])).join(','),
  },
} as const;

function quote(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

interface ExportOptions {
  readonly database: Database;
  readonly account: number;
  readonly format: keyof typeof FORMATS;
}

/** Writes all customers as they are at one time. */
async function exportTo(destination: NodeJS.WritableStream, { database, account, format }: ExportOptions) {
  const { head, formatCustomer } = FORMATS[format];
  const transaction = database.query.transaction();
  const atOneTime = database.dialect === 'postgres' ? transaction.setIsolationLevel('repeatable read') : transaction;
  await atOneTime.execute(async (db) => {
    async function* formatAll() {
      yield head;
      for await (const batch of readCustomers(db, account))
        yield batch.map((customer) => `${formatCustomer(customer)}\n`).join('');
    }
    await pipeline(Readable.from(formatAll()), destination, { end: destination !== process.stdout }).catch(
      (error: NodeJS.ErrnoException) => {
        throw isWriteError(error) ? new Error(`The customers cannot be written (${error.code}).`) : error;
      },
    );
  });
}

function isWriteError({ syscall, code }: NodeJS.ErrnoException): boolean {
  return syscall === 'write' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** Where an export is written. */
interface Destination {
  readonly stream: NodeJS.WritableStream;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

const STANDARD_OUTPUT: Destination = { stream: process.stdout, finish: async () => {}, discard: async () => {} };

/** Creates a file that replaces an existing one when the export is complete. Writes directly to a device or a pipe. */
async function createOutput(file: string): Promise<Destination> {
  try {
    const existing = await stat(file).catch(() => undefined);
    const isSpecial = existing !== undefined && !existing.isFile();
    const written = isSpecial ? file : `${file}.partial`;
    if (!isSpecial) await rm(written, { force: true });
    const handle = await open(written, isSpecial ? 'w' : 'wx', PRIVATE);
    return {
      stream: handle.createWriteStream(),
      finish: async () => (isSpecial ? undefined : rename(written, file)),
      discard: async () => (isSpecial ? undefined : rm(written, { force: true })),
    };
  } catch (error) {
    throw new Error(
      `The file ${file} cannot be written (${(error as NodeJS.ErrnoException).code}). Check the path and its permissions.`,
    );
  }
}

interface DeleteFlags extends AccountFlags {
  readonly all?: boolean;
  readonly yes?: true;
}

function createDeleteCommand(): Command {
  return createAccountCommand('delete', 'Deletes a customer, and checks that no identifier of it remains.')
    .argument('<identifier>', IDENTIFIER)
    .option('--all', 'delete all customers of the account that have this identifier')
    .option('--yes', 'confirm the deletion')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nPrints a receipt that contains hashes of the identifiers. Exits with 1 if an identifier remains in the account.\n' +
        'Backups are not changed, and a later import of a file with the customer adds it again.',
    )
    .action(async (identifier: string, { account, all = false, yes, json, ...flags }: DeleteFlags) => {
      if (!yes) return confirm(identifier, { account, all, ...flags });
      const location = getLocation(flags);
      const erasure = await withAccount(flags, account, async (database) => {
        const { texts, fingerprint } = await loadSecret(database, flags.data, process.env);
        const options = { accountId: account, identifier, all, secretText: texts[fingerprint] ?? '' };
        return { ...options, erased: await eraseCustomers(database, options).catch(explainSeveral) };
      });
      const { customers, identifiers } = erasure.erased;
      // Also for an identifier that no customer has, so that the search can be repeated.
      const receipt = await checkErasure(location, erasure, {
        customers,
        identifiers: customers > 0 ? identifiers : [identifier],
      });
      console.log(json ? formatJson(receipt) : formatReceipt(receipt));
      if (!isErased(receipt))
        throw new Error(
          'Identifiers remain, and the receipt says where. Delete the other customers, and change names and labels with `account rename` and `key update --label`. Then run this command again.',
        );
      if (customers === 0) throwUnknown(account);
    });
}

function throwUnknown(account: number): never {
  throw new Error(`No customer of account ${account} has this identifier.`);
}

/** Says which customers would be deleted. */
async function confirm(identifier: string, { account, all, ...flags }: DataFlags & { account: number; all: boolean }) {
  const { ids, others } = await withAccount(flags, account, async (database) => ({
    ids: await findMatches(database, account, identifier),
    others: await findStripeCustomers(database, account, identifier),
  }));
  const count = ids.length || others.length;
  if (count === 0) throwUnknown(account);
  if (ids.length > 1 && !all) explainSeveral(new SeveralCustomersError(ids));
  printIds(ids);
  throw new UsageError(`Customers of account ${account} to delete: ${count}. Pass --yes to confirm.`);
}

function explainSeveral(error: unknown): never {
  if (error instanceof SeveralCustomersError) printIds(error.ids);
  throw error;
}

/** Prints FirstOfficer IDs. They are output, and no message contains them. */
function printIds(ids: readonly number[]): void {
  for (const id of ids) console.log(id);
}

function formatReceipt({ at, account, customers, identifiers, remains, file }: Receipt): string {
  return formatTable(
    ['RECEIPT', ''],
    [
      ['time', formatTime(at)],
      ['account', String(account)],
      ['deleted customers', String(customers)],
      ...identifiers.map((hash) => ['deleted identifier, hashed', hash]),
      ['other customers with one of them', remains.customers.join(', ') || 'none'],
      ['emails that differ in case only', remains.similarEmails.join(', ') || 'none'],
      [
        'rows of other tables',
        Object.entries(remains.tables)
          .map(([table, count]) => `${table}: ${count}`)
          .join(', ') || 'none',
      ],
      ['database file', file],
    ],
  );
}

/** Opens the database and calls the action, if the account exists. */
function withAccount<T>(flags: DataFlags, account: number, action: (database: Database) => Promise<T>): Promise<T> {
  return withDatabase(getLocation(flags), async (database) => {
    await checkAccount(database.query, account);
    return action(database);
  });
}
