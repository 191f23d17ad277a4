import { expect, test } from 'vitest';
import { CUSTOMER_COLUMNS, INTEGER_COLUMNS, VISIBLE_COLUMNS } from '../src/customers/columns.ts';
import { loadApiDescription } from '../src/description.ts';

test('the columns are the properties of a customer in the description, and email', async () => {
  const { operations } = await loadApiDescription();
  const retrieve = operations.find(({ id }) => id === 'retrieveCustomer');
  const schema = retrieve?.responses['200']?.content?.['application/json']?.schema;
  const { object: _, ...properties } = (schema?.properties ?? {}) as Record<string, { readonly type: unknown }>;
  const integers = Object.keys(properties).filter((name) => properties[name]?.type === 'integer');

  expect([...VISIBLE_COLUMNS].toSorted()).toEqual(Object.keys(properties).toSorted());
  expect([...CUSTOMER_COLUMNS].toSorted()).toEqual([...Object.keys(properties), 'email'].toSorted());
  expect([...INTEGER_COLUMNS].toSorted()).toEqual(integers.toSorted());
});
