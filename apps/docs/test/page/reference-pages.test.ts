import { Markup } from '@firstofficer/common/markup';
import { asObject, listEntries, listOperations } from '@firstofficer/openapi';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { renderOperationPage } from '../../src/page/operation.ts';
import { renderSchemaPage } from '../../src/page/schema.ts';
import { renderTagPage } from '../../src/page/tag.ts';
import {
  addCodeSamples,
  type Document as Description,
  inlineExampleSummaries,
} from '../../src/reference/description.ts';
import { renderLimits } from '../../src/reference/member-row.ts';
import { buildRedocOptions, listRoutes, loadReference, type Route } from '../../src/reference/redoc.ts';
import { addSchemaExamples } from '../../src/reference/schema-examples.ts';
import { spec } from '../fixtures.ts';

const content = await readContent(SOURCES);
const definition = addSchemaExamples(inlineExampleSummaries(addCodeSamples(spec as Description, content.samples)));
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
const rendered = new Map<Route, Document>();
/** Returns a page. It is rendered once. */
const open = async (route: Route) => {
  const known = rendered.get(route);
  if (known) return known;
  const page = await renderers[route.kind]?.(route, source);
  const { document } = parseHTML(`<html><body>${page?.main.text}</body></html>`);
  rendered.set(route, document);
  return document;
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

test('each example of a response is valid', () => {
  const responses = listOperations(spec)[0]?.definition.responses;
  const bodies = new Map(listEntries(spec, responses).map(([status, { content }]) => [status, asObject(content)]));
  const ajv = new Ajv2020({ strict: false, formats: { int64: true } }).addSchema(spec, 'spec');
  const results = [...operation.querySelectorAll('details.response > .row')].flatMap((row) => {
    const status = row.id.split('&c=').at(-1) ?? '';
    const { schema } = asObject(bodies.get(status)?.['application/json']);
    const { $ref } = asObject(schema);
    const validate = (json: string) => ajv.validate({ $ref: `spec${$ref}` }, JSON.parse(json));
    return [...row.querySelectorAll('pre')].map(({ textContent }) => [status, validate(textContent)]);
  });

  expect([...new Set(results.map(([status]) => status))]).toEqual(['200', '400', '401', '404', '429', '503']);
  expect(results.filter(([, isValid]) => !isValid)).toEqual([]);
});

test('a member has no limits that its description, its constant or its name already says', async () => {
  const param = findText('t=response&c=404&path=error/param');
  const customer = findText('t=response&c=200&path=object');

  expect(param.match(/always/gi)).toHaveLength(1);
  expect(customer.match(/always/gi)).toHaveLength(1);
  expect(`${param} ${customer}`).not.toContain('at least');
  expect(findText('t=response&c=200&path=current_subscription_count')).not.toContain('at least 0');
});

test.each([
  ['Always `cat`.', { const: 'cat', minLength: 1 }, []],
  ['A cat.', { const: 'cat', minLength: 1, enum: ['cat'] }, ['always cat']],
  ['Always `cats`.', { const: 'cat' }, ['always cat']],
  ['At least 1 character.', { minLength: 1 }, []],
  ['At least 1,000.', { minimum: 1 }, ['at least 1']],
  ['At least 10.', { minimum: 1 }, ['at least 1']],
  ['Matches `a+-b/c`', { pattern: 'a+-b/c' }, []],
  ['Any.', { minLength: 0 }, []],
])('"%s" with %j has the limits %j', (text, schema, limits) => {
  const html = new Markup(text.replace(/`([^`]*)`/g, '<code>$1</code>'));
  const context = { document: {}, findUrl: () => undefined, toUniqueId: String };
  const list = parseHTML(`<body>${renderLimits(context, schema, html)?.text ?? ''}</body>`).document;

  expect([...list.querySelectorAll('li')].map(({ textContent }) => textContent)).toEqual(limits);
});

test('what the reader sends says that it is at least 0', () => {
  const context = { document: {}, findUrl: () => undefined, toUniqueId: String, isInput: true };

  expect(renderLimits(context, { minimum: 0 }, new Markup(''))?.text).toContain('at least 0');
});

test.each(routes)(
  'links of /$path to other pages end with a slash, and each heading has one anchor at most',
  async (route) => {
    const page = await open(route);
    const links = [...page.querySelectorAll('a[href^="/"]')].map((link) => link.getAttribute('href') ?? '');
    const headings = [...page.querySelectorAll('h2, h3')];

    expect(links.filter((link) => !/\/(#.*)?$/.test(link))).toEqual([]);
    expect(
      headings.filter((heading) => heading.textContent.includes('#') || heading.querySelectorAll('.anchor').length > 1),
    ).toEqual([]);
  },
);

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
