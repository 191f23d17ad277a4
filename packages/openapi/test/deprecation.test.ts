import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadDescription, readDeprecation } from '../src/index.ts';
import { writeDescription } from './write-description.ts';

const FIXTURE = fileURLToPath(new URL('../../../spec/test/deprecations.openapi.yaml', import.meta.url));

test('an operation, a parameter, a header and a member have the dates and the replacement of the description', async () => {
  const { operations } = await loadDescription(FIXTURE);
  const [retrieveBill, listInvoices, createInvoice] = operations;
  const { 200: list } = listInvoices?.responses ?? {};
  const schemas = [list?.content, createInvoice?.requestBody?.content].map(
    (content) => content?.['application/json']?.schema as { properties: Record<string, { items?: object }> },
  );
  const invoice = schemas[0]?.properties.data?.items as { properties: Record<string, object> };

  expect(retrieveBill?.deprecation).toEqual({
    since: '2026-11-01',
    sunset: '2027-11-01',
    replacedBy: 'retrieveInvoice',
  });
  expect(listInvoices).not.toHaveProperty('deprecation');
  expect(listInvoices?.parameters.map(({ name, ...parameter }) => [name, readDeprecation(parameter)])).toEqual([
    ['limit', undefined],
    ['page_size', { since: '2026-10-01', sunset: '2027-10-01', replacedBy: 'limit' }],
    ['language', undefined],
    ['X-Language', { since: '2026-09-01', sunset: '2027-09-01', replacedBy: 'language' }],
  ]);
  expect(readDeprecation(list?.headers?.['X-Total'])).toEqual({
    since: '2026-08-01',
    sunset: '2027-08-01',
    replacedBy: 'X-Total-Count',
  });
  expect(readDeprecation(schemas[1]?.properties.memo)).toEqual({
    since: '2026-07-01',
    sunset: '2027-07-01',
    replacedBy: 'note',
  });
  expect(readDeprecation(invoice.properties.amount)).toEqual({
    since: '2026-06-01',
    sunset: '2027-06-01',
    replacedBy: 'total',
  });
});

test.each<[string, object | undefined, object | undefined]>([
  ['nothing', undefined, undefined],
  ['what is not deprecated', { deprecated: false, 'x-sunset': '2027-11-01' }, undefined],
  ['what is deprecated without a date', { deprecated: true }, {}],
  ['a date that does not exist', { deprecated: true, 'x-sunset': '2027-02-30', 'x-deprecated-since': 'soon' }, {}],
  ['a replacement that is no text', { deprecated: true, 'x-replaced-by': ['a'] }, {}],
])('%s', (_, object, expected) => {
  expect(readDeprecation(object)).toEqual(expected);
});

test('a deprecation beside a reference belongs to the member with the reference only', async () => {
  const { operations } = await loadDescription(
    await writeDescription(`
openapi: 3.1.1
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      responses:
        "200":
          description: A pet.
          content:
            application/json:
              schema:
                properties:
                  name: { $ref: "#/components/schemas/Name", deprecated: true, x-replaced-by: title }
                  title: { $ref: "#/components/schemas/Name" }
components: { schemas: { Name: { type: string } } }
`),
  );
  const schema = operations[0]?.responses['200']?.content?.['application/json']?.schema as {
    properties: Record<string, object>;
  };

  expect(Object.entries(schema.properties).map(([name, member]) => [name, readDeprecation(member)])).toEqual([
    ['name', { replacedBy: 'title' }],
    ['title', undefined],
  ]);
});
