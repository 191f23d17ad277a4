import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { loadDescription } from '@firstofficer/openapi';
import { expect, onTestFinished, test } from 'vitest';
import { buildGroups } from '../../scripts/commands.ts';

/** Builds the commands of a description with the paths and schemas. */
async function build(paths: object, schemas: object = {}) {
  const description = {
    openapi: '3.1.1',
    info: { title: 'Test', version: '1' },
    tags: [{ name: 'Billing Accounts', description: 'An account\nthat [pays](https://example.com).\n\nMore.' }],
    components: { schemas },
    paths,
  };
  const folder = await createTemporaryFolder({ onTestFinished }, { 'openapi.json': JSON.stringify(description) });
  return buildGroups(await loadDescription(join(folder, 'openapi.json')));
}

const json = (schema: object) => ({ 200: { description: 'OK', content: { 'application/json': { schema } } } });
const NONE = { 204: { description: 'None' } };

/** Returns group and name of each command. */
async function buildNames(paths: object): Promise<string[]> {
  return (await build(paths)).flatMap(({ name, commands }) => commands.map((command) => `${name} ${command.name}`));
}

test.each([
  [{ operationId: 'listBillingAccounts', tags: ['Billing Accounts'] }, 'billing-accounts list'],
  [{ operationId: 'get_account_balance', tags: ['Billing Accounts'] }, 'billing-accounts get-balance'],
  [{ operationId: 'searchCompanies', tags: ['companies'] }, 'companies search'],
  [{ operationId: 'notes', tags: ['notes'] }, 'notes notes'],
  [{ operationId: 'retrieveReport' }, 'reports retrieve'],
  [{}, 'reports get'],
])('%j is the command %s', async (operation, expected) => {
  expect(await buildNames({ '/v1/reports/{id}': { get: { ...operation, responses: NONE } } })).toEqual([expected]);
});

test('commands whose short names are the same have the names of their operations', async () => {
  const get = (operationId: string) => ({ get: { operationId, tags: ['notes'], responses: NONE } });

  expect(await buildNames({ '/a': get('listNote'), '/b': get('listNotes'), '/c': get('getNote') })).toEqual([
    'notes list-note',
    'notes list-notes',
    'notes get',
  ]);
  await expect(build({ '/a': get('list_notes'), '/b': get('listNotes') })).rejects.toThrow('GET /b');
});

test('the description of a group is the first paragraph of its tag as plain text', async () => {
  const [group] = await build({ '/a': { get: { tags: ['Billing Accounts'], responses: NONE } } });

  expect(group?.description).toBe('An account that pays.');
});

test('options have names and types, and do not take the names of other options', async () => {
  const parameter = (name: string, type: unknown, location = 'query') => ({ name, in: location, schema: { type } });
  const [group] = await build({
    '/a': {
      get: {
        responses: NONE,
        parameters: [
          parameter('startingAfter', 'string'),
          parameter('created[gte]', ['integer', 'null']),
          parameter('price', 'number'),
          parameter('expand', 'array'),
          parameter('filter', 'object'),
          parameter('archived', 'boolean'),
          parameter('token', 'string'),
          parameter('Price', 'string', 'header'),
          parameter('no_cache', 'string', 'header'),
          parameter('session', 'string', 'cookie'),
        ],
      },
    },
  });

  expect(group?.commands[0]?.options.map(({ flag, type }) => `${flag} ${type}`)).toEqual([
    'starting-after string',
    'created-gte integer',
    'price number',
    'expand list',
    'filter json',
    'archived boolean',
    'query-token string',
    'header-price string',
    'header-no-cache string',
  ]);
});

test('arguments have the order of the path, and examples work in a shell', async () => {
  const parameters = [
    { name: 'note', in: 'path', required: true, schema: { type: 'string' }, example: "it's" },
    { name: 'owner', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'lang', in: 'query', required: true, schema: { type: 'string' }, example: 'en' },
  ];
  const [group] = await build({ '/owners/{owner}/notes/{note}': { get: { parameters, responses: NONE } } });
  const [command] = group?.commands ?? [];

  expect(command?.arguments.map(({ name }) => name)).toEqual(['owner', 'note']);
  expect(command?.example).toBe("OWNER 'it'\\''s' --lang en");
});

test('amounts of money are found by their description or by the schema that they refer to', async () => {
  const Amount = { type: 'integer', minimum: -7, description: 'In the smallest unit of its currency.' };
  const Invoice = {
    type: 'object',
    properties: {
      object: { const: 'invoice' },
      total: { $ref: '#/components/schemas/Amount', description: 'What the customer pays.' },
      fee: { type: 'integer', description: 'The fee in the smallest\nunit of `fee_currency`.' },
      lost: { type: 'integer', description: 'In the smallest unit of `no_such_member`.' },
      count: { type: 'integer' },
      currency: { type: 'string' },
      fee_currency: { type: 'string', title: 'Currency of the fee' },
    },
  };
  const schema = { $ref: '#/components/schemas/Invoice' };
  const [group] = await build({ '/invoices': { get: { responses: json(schema) } } }, { Amount, Invoice });
  const [command] = group?.commands ?? [];

  expect(command).toMatchObject({ object: 'invoice' });
  expect(command?.columns).toEqual([
    { name: 'total', label: 'Total', currency: 'currency' },
    { name: 'fee', label: 'Fee', currency: 'fee_currency' },
    { name: 'lost', label: 'Lost' },
    { name: 'count', label: 'Count' },
    { name: 'currency', label: 'Currency' },
    { name: 'fee_currency', label: 'Currency of the fee' },
  ]);
});

test('lists are arrays, lists of type list, and objects with data', async () => {
  const items = { allOf: [{ properties: { id: {} } }, { properties: { arrApi: { description: 'ARR' } } }] };
  const list = { type: 'array', items };
  const groups = await build({
    '/a': { get: { responses: json(list) } },
    '/b': { get: { responses: json({ properties: { object: { const: 'list' }, notes: list, total: {} } }) } },
    '/c': { get: { responses: json({ properties: { data: list } }) } },
    '/d': { get: { responses: json({ properties: { tags: list, id: {} } }) } },
  });
  const columns = [
    { name: 'id', label: 'ID' },
    { name: 'arrApi', label: 'ARR api' },
  ];

  expect(groups.map(({ commands }) => commands[0])).toMatchObject([
    { rows: '', columns },
    { rows: 'notes', footer: [{ name: 'total' }], columns },
    { rows: 'data', footer: [], columns },
    { columns: [{ name: 'tags' }, { name: 'id' }] },
  ]);
});
