import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { parseHTML } from 'linkedom';
import { afterAll, expect, test } from 'vitest';
import { parseAddress } from '../../src/address.ts';
import { createEngine } from '../../src/browser/search/engine.ts';
import { LANGUAGES } from '../../src/content/languages.ts';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import type { SearchRecord } from '../../src/search/records.ts';
import { renderSite } from '../../src/site/render-site.ts';
import { loadSiteReference } from '../../src/site/site-reference.ts';
import { importCollection, NOTES, readPage } from '../fixtures.ts';

// Tests the site of another description. The code in src must not depend on one description.

const folder = await createTemporaryFolder({ onTestFinished: afterAll });
for (const topic of ['1-create', '2-an-empty-text']) {
  const path = join(folder, 'samples/createNote', topic);
  await mkdir(path, { recursive: true });
  for (const { file } of LANGUAGES) await writeFile(join(path, file), `# ${topic} in ${file}\n`);
}
await mkdir(join(folder, 'guides'));
await writeFile(join(folder, 'guides/1-notes.md'), '# Notes\n\nSee [the list](reference:operation/listNotes).\n');

const content = await readContent({
  ...SOURCES,
  spec: NOTES.pathname,
  guides: join(folder, 'guides'),
  samples: join(folder, 'samples'),
});
const address = parseAddress('/');
const files = await renderSite(content, address, await loadSiteReference(content, address));
const find = (path: string) => String(files.find((file) => file.path === path)?.content);
const readHtml = (path: string) => parseHTML(find(`${path}/index.html`)).document;
const readMainText = (path: string) => readHtml(path).querySelector('main')?.textContent.replaceAll(/\s+/g, ' ') ?? '';

const [list, create, remove] = importCollection(JSON.parse(find('postman_collection.json'))).items;

const OPERATIONS = ['listnotes', 'createnote', 'deletenote'];

test('every operation has an HTML page and a Markdown page, which llms.txt and the guide link to', () => {
  const { links } = readPage(find('llms.txt'));

  for (const name of OPERATIONS) {
    expect(readHtml(`notes/${name}`).querySelector('main h1')?.textContent).toBeTruthy();
    expect(links).toContain(`notes/${name}.md`);
    expect(find('llms-full.txt')).toContain(find(`notes/${name}.md`).trim());
  }
  expect(readPage(find('notes.md')).links).toEqual(['/notes/listnotes.md']);
});

test('the page of listNotes has the limits and defaults of its query and header parameters', () => {
  const { tables, items } = readPage(find('notes/listnotes.md'));
  const html = readMainText('notes/listnotes');

  expect(tables[0]?.map((cells) => cells.slice(0, 5))).toEqual([
    ['Name', 'In', 'Type', 'Required', 'Constraints'],
    ['limit', 'query', 'integer', 'no', '1 to 100, by default 10'],
    ['starting_after', 'query', 'NoteId (string)', 'no', expect.stringContaining('at most 40 characters')],
    ['X-Language', 'header', 'string', 'no', 'one of en, de'],
  ]);
  expect(items).toEqual(expect.arrayContaining(['lastPage: note_2', 'lastPage: en']));
  for (const text of ['limit', '1 to 100', 'by default 10', 'starting_after', 'X-Language', 'one of en, de']) {
    expect(html).toContain(text);
  }
});

test('the page of createNote has the request body with its example, and the status 201 with Location', () => {
  const { headings, tables, blocks, items } = readPage(find('notes/createnote.md'));
  const html = readMainText('notes/createnote');

  expect(headings).toContainEqual([2, 'Request body']);
  expect(headings).toContainEqual([3, '201 Created']);
  expect(tables).toContainEqual(
    expect.arrayContaining([['text', 'string', 'yes', expect.stringContaining('1 to 500 characters'), '']]),
  );
  expect(blocks).toContainEqual(['json', JSON.stringify({ text: 'Renews in May' }, null, 2)]);
  expect(tables.flat()).toContainEqual(expect.arrayContaining(['Location', 'The path of the note.']));
  expect(items).toContain('Example: /v1/notes/note_3');
  for (const text of ['text', '1 to 500 characters', 'pinned', '201', 'The new note.']) {
    expect(html).toContain(text);
  }
});

test('the page of deleteNote has the status 204 without a body', () => {
  const { headings } = readPage(find('notes/deletenote.md'));
  const statuses = headings.filter(([depth]) => Number(depth) >= 3).map(([, text]) => text);

  expect(statuses.slice(0, 2)).toEqual(['204 No Content', '400 Bad Request']);
  expect(readMainText('notes/deletenote')).toContain('204');
});

test.each([
  ['listnotes', ['page_invalid', 'key_invalid']],
  ['createnote', ['note_invalid', 'key_invalid']],
  ['deletenote', ['id_invalid', 'key_invalid', 'note_missing']],
])('the page of %s has the errors of this operation only', (name, codes) => {
  const found = [...new Set(find(`notes/${name}.md`).match(/\w+_(invalid|missing)\b/g))];

  expect(found).toEqual(codes);
});

test('an operation has its own code samples, else generated ones', () => {
  const labels = readPage(find('notes/createnote.md'))
    .headings.map(([, text]) => text)
    .slice(-8);

  expect(labels).toEqual([
    ...LANGUAGES.map(({ label }) => label),
    ...LANGUAGES.map(({ label }) => `${label}: an empty text`),
  ]);
  expect(readHtml('notes/createnote').body.textContent).toContain('# 1-create in curl.sh');
  expect(find('notes/createnote.md')).not.toContain('curl -sS');
  const panel = readHtml('notes/listnotes').querySelector('.samples');
  expect([...(panel?.querySelectorAll('[data-language]') ?? [])].map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining("'https://notes.example.com/v1/notes?limit=2'"),
    expect.stringContaining('await fetch(url, {'),
    expect.stringContaining('Net::HTTP.get_response(uri, headers)'),
    expect.stringContaining('urlopen(request, timeout=30)'),
  ]);
});

test('the collection has the values of an example, and omits the parameters that the example omits', () => {
  const queries = list?.responses.all().map(({ originalRequest }) => originalRequest?.url.query.all());

  expect(list?.request.method).toBe('GET');
  expect(list?.request.headers.get('X-Language')).toBe('en');
  expect(queries?.slice(0, 2)).toMatchObject([
    [
      { key: 'limit', value: '2', disabled: false },
      { key: 'starting_after', value: 'note_2', disabled: true },
    ],
    [
      { key: 'limit', value: '2', disabled: false },
      { key: 'starting_after', value: 'note_2', disabled: false },
    ],
  ]);
});

test('the collection has the request body of createNote, and every status of each operation', () => {
  const codes = [list, create, remove].map((item) => item?.responses.all().map(({ code }) => code));

  expect(JSON.parse(create?.request.body?.raw ?? '')).toEqual({ text: 'Renews in May' });
  expect(create?.responses.idx(0).headers.get('Location')).toBe('/v1/notes/note_3');
  expect(remove?.request.url.variables.toObject()).toEqual({ note: 'note_1' });
  expect(remove?.responses.idx(0)).toMatchObject({ name: 'The note is deleted.', code: 204, body: '' });
  expect(codes).toEqual([
    [200, 200, 400, 401],
    [201, 400, 401],
    [204, 400, 401, 404],
  ]);
});

test('openapi.yaml is the unchanged description, and openapi.json has the same content', () => {
  expect(find('openapi.yaml')).toBe(content.spec);
  expect(JSON.parse(find('openapi.json'))).toMatchObject({ info: { title: 'Notes' }, paths: expect.any(Object) });
});

test('the search of the single file finds its operations, at elements that it has', () => {
  const { document } = parseHTML(find('offline.html'));
  const records = JSON.parse(document.getElementById('search-records')?.textContent ?? '') as SearchRecord[];
  const ids = new Set([...document.querySelectorAll('[id]')].map(({ id }) => id));

  expect(records.length).toBeGreaterThan(20);
  expect(records.filter(({ url }) => !url.startsWith('#') || !ids.has(url.slice(1))).map(({ url }) => url)).toEqual([]);
  expect(createEngine(records).search('starting after')[0]?.record.title).toBe('starting_after');
});
