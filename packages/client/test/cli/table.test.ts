import { expect, test } from 'vitest';
import type { CommandDefinition } from '../../src/cli/definition.ts';
import { formatTable } from '../../src/cli/table.ts';

const RETRIEVE: CommandDefinition = {
  name: 'retrieve',
  method: 'GET',
  path: '/v2/customers/{customer}',
  summary: 'Retrieve a customer',
  description: '',
  example: 'cus_1234ABCD',
  arguments: [{ name: 'customer', description: '' }],
  options: [],
  columns: [
    { name: 'id', label: 'ID' },
    { name: 'extra_id', label: 'Extra ID' },
    { name: 'current_mrr', label: 'Current MRR', currency: 'currency' },
    { name: 'currency', label: 'Currency' },
  ],
};

test('an amount in an unknown currency stays as it is', () => {
  expect(formatTable({ current_mrr: 69900, currency: 'dollars' }, RETRIEVE)).toBe(
    'Current MRR  69900\nCurrency     dollars\n',
  );
});

test('members that the description does not have come last', () => {
  expect(formatTable({ plan: { id: 1 }, id: 7, tags: [] }, RETRIEVE)).toBe('ID    7\nplan  {"id":1}\ntags  []\n');
});

test('characters that control the terminal are escaped', () => {
  expect(formatTable({ extra_id: 'a\u001b[2Jb\n\u202ec', 'x\u0007': 1 }, RETRIEVE)).toBe(
    'Extra ID  a\\u001b[2Jb\\u000a\\u202ec\nx\\u0007   1\n',
  );
});

const LIST: CommandDefinition = {
  ...RETRIEVE,
  rows: 'data',
  footer: [{ name: 'has_more', label: 'More' }],
  columns: [
    { name: 'name', label: 'Name' },
    { name: 'mrr', label: 'MRR', currency: 'currency' },
  ],
};

test('a list has one line for each item, and amounts are aligned', () => {
  const data = [
    { name: '日本', mrr: 1_000_000, currency: 'jpy' },
    { name: 'Zoë', mrr: 5, currency: 'usd' },
    { name: null, mrr: 0, currency: 'usd' },
  ];

  expect(formatTable({ object: 'list', data, has_more: false }, LIST)).toBe(`Name         MRR  currency
日本  ¥1,000,000  jpy
Zoë        $0.05  usd
–          $0.00  usd

More  false
`);
});

test('a list may be empty, the body itself, or not a list', () => {
  expect(formatTable({ data: [] }, LIST)).toBe('No results.\n');
  expect(formatTable([{ name: 'Jane' }, 7], { ...LIST, rows: '' })).toBe('Name  value\nJane  –\n–     7\n');
  expect(formatTable({ message: 'Hello' }, LIST)).toBe('message  Hello\n');
  expect(formatTable('Hello', LIST)).toBe('value  Hello\n');
});
