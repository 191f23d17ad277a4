import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { createEngine } from '../src/browser/search/engine.ts';
import type { SearchRecord } from '../src/search/records.ts';
import { buildForms } from '../src/site/try-it-forms.ts';
import { importCollection, readPage } from '../test/fixtures.ts';
import { renderDeprecationsSite } from './deprecations-site.ts';

const { files, reference } = await renderDeprecationsSite();
const find = (path: string) => String(files.find((file) => file.path === path)?.content);
const readHtml = (path: string) => parseHTML(find(`${path}/index.html`)).document;

const DATES = 'since 2026-11-01, removed on 2027-11-01';

/** Returns the rows of deprecated members: the name, the sentences, and the name of the row that they link to. */
function listDeprecatedRows(path: string) {
  const document = readHtml(path);
  const rows = [...document.querySelectorAll('.member')].filter((row) =>
    row.querySelector('.member-row')?.querySelector('.deprecated'),
  );
  return rows.map((row) => {
    const sentences = row.querySelector('.deprecation');
    const id = decodeURI(sentences?.querySelector('a')?.getAttribute('href') ?? '').slice(1);
    const replacement = document.getElementById(id)?.querySelector('.member-name')?.textContent;
    return [row.querySelector('.member-name')?.textContent, sentences?.textContent, replacement];
  });
}

test('the page of a deprecated operation begins with the dates and a link to its replacement', () => {
  const document = readHtml('invoices/retrievebill');
  const notice = document.querySelector('h1 ~ .deprecation-notice');

  expect(document.querySelector('.endpoint .deprecated')?.textContent).toBe('deprecated');
  expect(notice?.querySelector('.deprecation')?.textContent).toBe(
    `Deprecated ${DATES}. Use Retrieve an invoice instead.`,
  );
  expect(notice?.querySelector('a')?.getAttribute('href')).toBe('/invoices/retrieveinvoice/');
  expect(readHtml('invoices/retrieveinvoice').querySelector('.deprecation-notice')).toBeNull();
});

test('the rows of deprecated parameters, members and headers have the dates and link to the row to use instead', () => {
  expect(listDeprecatedRows('invoices/listinvoices')).toEqual([
    ['page_size', 'Deprecated since 2026-10-01, removed on 2027-10-01. Use limit instead.', 'limit'],
    ['X-Language', 'Deprecated since 2026-09-01, removed on 2027-09-01. Use language instead.', 'language'],
    ['amount', 'Deprecated since 2026-06-01, removed on 2027-06-01. Use total instead.', 'total'],
    ['X-Total', 'Deprecated since 2026-08-01, removed on 2027-08-01. Use X-Total-Count instead.', 'X-Total-Count'],
  ]);
  expect(listDeprecatedRows('invoices/createinvoice').slice(0, 1)).toEqual([
    ['memo', 'Deprecated since 2026-07-01, removed on 2027-07-01. Use note instead.', 'note'],
  ]);
  expect(listDeprecatedRows('schemas/invoice')).toEqual([
    ['amount', 'Deprecated since 2026-06-01, removed on 2027-06-01. Use total instead.', 'total'],
  ]);
});

test('the menu, the page of the tag and the front page mark or omit the operation', () => {
  const marked = (selector: string) =>
    [...readHtml('invoices').querySelectorAll(selector)]
      .filter((link) => link.querySelector('.deprecated'))
      .map((link) => link.getAttribute('href'));

  expect(marked('.menu a')).toEqual(['/invoices/retrievebill/']);
  expect(marked('.card')).toEqual(['/invoices/retrievebill/']);
  expect(parseHTML(find('index.html')).document.querySelector('.actions a')?.textContent).toBe('List invoices');
});

test('the search finds what is deprecated, marks it, and shows what is current first', () => {
  const path = files.map((file) => file.path).find((path) => /records|search.*\.json/.test(path)) ?? '';
  const records = JSON.parse(find(path)) as SearchRecord[];
  const marked = records
    .filter(({ deprecated }) => deprecated === 'place')
    .map(({ kind, title }) => `${kind} ${title}`);
  const engine = createEngine(records);

  expect(marked).toEqual(['member page_size', 'member X-Language', 'member amount', 'member X-Total', 'member memo']);
  expect(engine.search('retrieve a bill')[0]?.record).toMatchObject({ url: '/invoices/retrievebill/' });
  expect(engine.search('page_size')[0]?.record.title).toBe('page_size');
  expect(records.filter(({ page }) => page === 'Retrieve a bill').every(({ deprecated }) => deprecated)).toBe(true);
  expect(engine.search('deprecated').map(({ record }) => record.title)).toContain('page_size');
  expect(engine.search('retrieve')[0]?.record.title).toBe('Retrieve an invoice');
});

test('the Markdown version has the dates and the replacements', () => {
  const { items } = readPage(find('invoices/retrievebill.md'));
  const { tables } = readPage(find('invoices/listinvoices.md'));
  const constraints = (name: string) =>
    tables
      .flat()
      .find(([first]) => first === name)
      ?.join(' | ');

  expect(items[0]).toBe(`Deprecated ${DATES} (use retrieveInvoice instead)`);
  expect(constraints('page_size')).toContain('deprecated since 2026-10-01, removed on 2027-10-01 (use limit instead)');
  expect(constraints('X-Total')).toContain('(use X-Total-Count instead)');
  expect(constraints('data[].amount')).toContain('(use total instead)');
  expect(find('invoices.md')).toContain('Retrieve a bill (deprecated)');
  expect(find('llms.txt')).toContain(
    `[Retrieve a bill](invoices/retrievebill.md): Deprecated ${DATES}. Use retrieveInvoice instead.`,
  );
});

test('the collection says what is deprecated, and sends no deprecated parameter', () => {
  const { items } = importCollection(JSON.parse(find('postman_collection.json')));
  const bill = items.find((item) => item.name === 'Retrieve a bill');
  const list = items.find((item) => item.name === 'List invoices');
  const query = list?.request.url.query.all() ?? [];

  expect(`${bill?.request.description}`).toContain(`Deprecated ${DATES}. Use \`retrieveInvoice\` instead.`);
  expect(query.map(({ key, disabled }) => [key, disabled === true])).toEqual(
    expect.arrayContaining([
      ['limit', false],
      ['page_size', true],
    ]),
  );
  expect(JSON.stringify(query)).toContain('Deprecated since 2026-10-01');
});

test('Try it marks the operation and its parameters, and does not send them at first', () => {
  const forms = buildForms(reference.description);
  const fields = forms.find(({ id }) => id === 'listInvoices')?.fields ?? [];

  expect(forms.filter(({ isDeprecated }) => isDeprecated).map(({ id }) => id)).toEqual(['retrieveBill']);
  expect(fields.filter(({ isDeprecated }) => isDeprecated).map(({ name, initial }) => [name, initial])).toEqual([
    ['page_size', ''],
    ['X-Language', ''],
  ]);
});
