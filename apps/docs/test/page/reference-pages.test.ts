import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { renderOperationPage } from '../../src/page/operation.ts';
import { renderSchemaPage } from '../../src/page/schema.ts';
import { renderTagPage } from '../../src/page/tag.ts';
import { addCodeSamples, type Document, inlineExampleSummaries } from '../../src/reference/description.ts';
import { buildRedocOptions, listRoutes, loadReference, type Route } from '../../src/reference/redoc.ts';
import { addSchemaExamples } from '../../src/reference/schema-examples.ts';
import { spec } from '../fixtures.ts';

const content = await readContent(SOURCES);
const definition = addSchemaExamples(inlineExampleSummaries(addCodeSamples(spec as Document, content.samples)));
const loaded = await loadReference(definition, buildRedocOptions('/'));
const source = {
  base: '/',
  reference: { definition, routes: listRoutes(loaded.menu, definition, '/'), render: loaded.render },
};
const renderers: Record<string, typeof renderOperationPage | typeof renderSchemaPage> = {
  operation: renderOperationPage,
  schema: renderSchemaPage,
  tag: renderTagPage,
};
const routes = source.reference.routes.filter(({ kind }) => kind in renderers);
const open = async (route: Route) => {
  const page = await renderers[route.kind]?.(route, source);
  return parseHTML(`<html><body>${page?.main.text}</body></html>`).document;
};
const operation = await open(routes.find(({ kind }) => kind === 'operation') as Route);
const prefix = 'customers/retrievecustomer/';
const findText = (id: string) => operation.getElementById(prefix + id)?.textContent.replace(/\s+/g, ' ') ?? '';

test.each(routes)('/$path has one h1, and its IDs are unique', async (route) => {
  const page = await open(route);
  const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);

  expect(page.querySelectorAll('h1')).toHaveLength(1);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(page.body.textContent).not.toMatch(/9007199254740991|int64/);
});

test('each response has a place of its own, and the links to members are in it', () => {
  const statuses = [...operation.querySelectorAll('details.response > .row')].map(({ id }) => id.split('&c=').at(-1));

  expect(statuses).toEqual(['200', '304', '400', '401', '404', '429', '503']);
  expect(findText('t=response&c=404&path=error/param')).toContain('Always customer.');
  expect(findText('t=response&c=401&path=www-authenticate')).toContain(
    'Basic realm="FirstOfficer", Token realm="FirstOfficer"',
  );
});

test('parameters have their type, their limits and raw examples with a button', () => {
  const customer = findText('t=request&in=path&path=customer');
  const values = [...operation.querySelectorAll('.try-example')].map((button) => button.getAttribute('data-value'));

  for (const text of ['required', '1 to 1,024 characters', 'cus_1234ABCD', '(empty)']) expect(customer).toContain(text);
  expect(values).toContain('jane+billing@example.com');
});

test('an error shows its members, also those of nested objects', async () => {
  for (const name of ['ErrorResponse', 'UnknownCustomerResponse', 'UnavailableResponse']) {
    const page = await open(routes.find(({ key }) => key === name) as Route);
    const names = [...page.querySelectorAll('.member-name')].map(({ textContent }) => textContent);
    expect(names.slice(0, 3)).toEqual(['error', 'type', 'message']);
  }
});

test('the page of the customer shows an example of the description', async () => {
  const page = await open(routes.find(({ key }) => key === 'Customer') as Route);

  expect(JSON.parse(page.querySelector('pre')?.textContent ?? '')).toMatchObject({
    stripe_id: 'cus_1234ABCD',
    currency: 'usd',
  });
});
