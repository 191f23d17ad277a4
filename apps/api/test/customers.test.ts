import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renameAccount, revokeKey, updateKey } from '../src/accounts.ts';
import { listChanges } from '../src/audit.ts';
import { eraseCustomers, findMatches, hashIdentifier } from '../src/customers/erase.ts';
import { checkErasure, isErased } from '../src/customers/erasure-receipt.ts';
import { findCustomer, listCustomers, readCustomers } from '../src/customers/records.ts';
import { hasBytes } from '../src/database/files.ts';
import { type DatabaseLocation, withDatabase } from '../src/database/open.ts';
import { databases, sqlite } from './databases.ts';
import { createAccountWith, createCustomer, importAll, openInTest } from './running-api.ts';

const secretText = 'a secret of 32 characters or more';
const jane = createCustomer(1, { stripe_id: 'cus_jane_1', extra_id: 'jane-extra', email: 'jane@people.example' });

/** Deletes customers and checks the result, as `customer delete` does. */
async function erase(location: DatabaseLocation, options: { accountId: number; identifier: string; all?: boolean }) {
  const erasure = { all: false, secretText, ...options };
  const erased = await withDatabase(location, (database) => eraseCustomers(database, erasure));
  return checkErasure(location, erasure, erased);
}

async function readFiles({ directory }: DatabaseLocation): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.startsWith('customers.db'));
  return (await Promise.all(names.map((name) => readFile(join(directory, name), 'latin1')))).join('');
}

describe.each(databases)('customers, on $name', (kind) => {
  test('are listed by ID, in parts, with their email', async (context) => {
    const location = await kind.create(context);
    const many = Array.from({ length: 1_001 }, (_, at) => createCustomer(at + 1));
    const { accountId } = await createAccountWith(location, many);
    await createAccountWith(location, [createCustomer(5_000)]);
    const database = openInTest(context, location);
    const part = await listCustomers(database.query, { accountId, after: 1, limit: 2 });
    expect(part.map(({ id, email }) => [id, email])).toEqual([
      [2, '2@customers.example'],
      [3, '3@customers.example'],
    ]);
    const sizes: number[] = [];
    for await (const batch of readCustomers(database.query, accountId)) sizes.push(batch.length);
    expect(sizes).toEqual([1_000, 1]);
  });

  test('are found by every identifier, as in the API', async (context) => {
    const location = await kind.create(context);
    const { accountId } = await createAccountWith(location, [jane, createCustomer(2, { extra_id: '1' })]);
    const database = openInTest(context, location);
    for (const identifier of ['cus_jane_1', 'jane-extra', 'jane@people.example', '1'])
      expect((await findCustomer(database, accountId, identifier))?.email, identifier).toBe('jane@people.example');
    expect(await findCustomer(database, accountId, 'JANE-EXTRA')).toBeUndefined();
    expect(await findMatches(database, accountId, '1')).toEqual([1, 2]);
  });

  test.for(['cus_jane_1', '1', 'jane-extra', 'jane@people.example'])(
    'are deleted by the identifier %s, and nothing remains',
    async (identifier, context) => {
      const location = await kind.create(context);
      const { accountId } = await createAccountWith(location, [jane, createCustomer(2)]);
      const other = await createAccountWith(location, [createCustomer(1, { stripe_id: 'cus_other' })]);
      const receipt = await erase(location, { accountId, identifier });
      expect(receipt).toMatchObject({
        account: accountId,
        customers: 1,
        remains: { customers: [], similarEmails: [], tables: {} },
        file: kind.name === 'SQLite' ? 'clean' : 'not searched',
      });
      expect(isErased(receipt)).toBe(true);
      expect(receipt.identifiers).toContain(hashIdentifier(identifier, secretText));
      if (kind.name === 'SQLite') expect(await readFiles(location)).not.toMatch(/jane/);

      const database = openInTest(context, location);
      expect(await listCustomers(database.query, { accountId, after: 0, limit: 9 })).toMatchObject([{ id: 2 }]);
      expect(await findCustomer(database, other.accountId, 'cus_other')).toBeDefined();
      const [change] = (await listChanges(database)).filter(({ command }) => command === 'customer delete');
      expect(change).toMatchObject({ account_id: accountId, subject: hashIdentifier(identifier, secretText) });
    },
  );

  test('that have the same identifier are deleted only together', async (context) => {
    const location = await kind.create(context);
    const twins = [jane, createCustomer(2, { email: 'jane@people.example' })];
    const { accountId } = await createAccountWith(location, twins);
    const identifier = 'jane@people.example';
    await expect(erase(location, { accountId, identifier })).rejects.toMatchObject({ ids: [1, 2] });
    expect(await erase(location, { accountId, identifier, all: true })).toMatchObject({ customers: 2 });
    expect(await erase(location, { accountId, identifier })).toMatchObject({ customers: 0, identifiers: [] });
  });

  test('are not erased while another customer or a label contains an identifier', async (context) => {
    const location = await kind.create(context);
    const { accountId, keyId } = await createAccountWith(location, [
      jane,
      createCustomer(2, { email: 'jane@people.example' }),
      createCustomer(3, { email: 'Jane@People.example' }),
    ]);
    await openInTest(context, location)
      .query.updateTable('api_keys')
      .set({ label: 'for jane@people.example' })
      .where('id', '=', keyId)
      .execute();
    const receipt = await erase(location, { accountId, identifier: 'cus_jane_1' });
    expect(receipt.remains).toEqual({ customers: [2], similarEmails: [3], tables: { api_keys: 1 } });
    expect(isErased(receipt)).toBe(false);
    expect(JSON.stringify(receipt)).not.toContain('jane');

    const database = openInTest(context, location);
    await revokeKey(database, keyId);
    await updateKey(database, keyId, { label: 'revoked' });
    await renameAccount(database, accountId, 'for jane@people.example');
    const later = await erase(location, { accountId, identifier: '2' });
    expect(later.remains.tables).toEqual({ accounts: 1 });
    await renameAccount(database, accountId, 'Acme');
    expect((await listChanges(database)).slice(-4)).toMatchObject([
      { command: 'key update', subject: keyId, details: '{"hasNewLabel":true}' },
      { command: 'account rename', account_id: accountId, details: '{}' },
      { command: 'customer delete' },
      { command: 'account rename' },
    ]);
  });

  test('are not found in the tables by an identifier that is only part of another one', async (context) => {
    const location = await kind.create(context);
    const { accountId } = await createAccountWith(location, [
      jane,
      createCustomer(2, { email: 'mary-jane@people.example' }),
    ]);
    const receipt = await erase(location, { accountId, identifier: '1' });
    expect(isErased(receipt)).toBe(true);
    if (kind.name === 'SQLite') expect(receipt.file).toBe('contains other rows with these texts');
  });
});

test('bytes are found in a file wherever they are', async (context) => {
  const { directory } = await sqlite.create(context);
  const file = join(directory, 'bytes');
  const chunk = 4 * 1024 * 1024;
  const pieces = ['needle', 'other needle'].map((text) => Buffer.from(text));
  for (const at of [0, 1, chunk - 3, chunk, 2 * chunk - 11, 2 * chunk + 2]) {
    const bytes = Buffer.alloc(2 * chunk + 20, 'needl');
    bytes.write('needle', at);
    await writeFile(file, bytes);
    expect(hasBytes(file, pieces), String(at)).toBe(true);
  }
  await writeFile(file, Buffer.alloc(2 * chunk, 'needl'));
  expect(hasBytes(file, pieces)).toBe(false);
  expect(hasBytes(file, [])).toBe(false);
  expect(hasBytes(join(directory, 'none'), pieces)).toBe(false);
});

test('a deletion on SQLite also removes what earlier changes left in unused parts of the file', async (context) => {
  const location = await sqlite.create(context);
  const long = `jane-${'x'.repeat(1_000)}-${'é'.repeat(9)}`;
  const people = Array.from({ length: 500 }, (_, at) =>
    createCustomer(at + 1, { email: `jane-${at + 1}@people.example`, extra_id: `${long}${at + 1}` }),
  );
  const { accountId } = await createAccountWith(location, people);
  await importAll(
    location,
    accountId,
    people.map((person) => ({ ...person, extra_id: null })),
  );
  await withDatabase(location, (database) => database.query.deleteFrom('customers').where('id', '!=', 250).execute());
  expect(await readFiles(location)).toContain('jane-250@people.example');
  expect((await erase(location, { accountId, identifier: '250' })).file).toBe('clean');
  expect(await readFiles(location)).not.toContain('jane-250@people.example');
});
