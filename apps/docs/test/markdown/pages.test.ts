import { expect, test } from 'vitest';
import { renderReferencePages } from '../../src/markdown/reference-pages.ts';
import { kitchenSink, readPage, readReferencePage, spec } from '../fixtures.ts';

const pages = [...renderReferencePages(spec), ...renderReferencePages(kitchenSink)];

test('the introduction has the title, facts, description, servers and operations', () => {
  const page = readReferencePage(kitchenSink, 'introduction');

  expect(page.headings).toEqual([
    [1, 'Zoo *API*'],
    [2, 'Welcome'],
    [3, 'Feeding'],
    [2, 'Servers'],
    [2, 'Operations'],
  ]);
  expect(page.paragraphs[0]).toBe('Animals | and their keepers.');
  expect(page.items).toEqual([
    'Version: 1.2.3',
    'Contact: Keeper, keeper@zoo.example',
    'License: Apache 2.0',
    'Terms of service: https://zoo.example/terms',
    'See also: https://zoo.example/docs',
    'https://{region}.zoo.example — By region.',
    'GET /animals/{id} — Get an animal (deprecated)',
    'PUT /animals/{id} — PUT /animals/{id}',
    'POST born — A birth',
  ]);
  expect(page.tables).toEqual([
    [
      ['Animal', 'Food'],
      ['Lion', 'Meat'],
    ],
    [
      ['Variable', 'Default', 'Values', 'Description'],
      ['region', 'eu', 'eu, us', 'Where the zoo is.'],
    ],
  ]);
  // The description refers to this URL by a link definition.
  expect(page.links).toContain('https://zoo.example/rules');
});

test('a tag has its display name, description and operations', () => {
  const page = readReferencePage(kitchenSink, 'tag', 'animals');

  expect(page.headings).toEqual([
    [1, 'Animals'],
    [2, 'Operations'],
  ]);
  expect(page.links).toEqual(['https://zoo.example/animals']);
  expect(page.items).toEqual([
    'GET /animals/{id} — Get an animal (deprecated)',
    'PUT /animals/{id} — PUT /animals/{id}',
  ]);
});

test('every part of a description has a page, including tags that only operations use', () => {
  expect(renderReferencePages(kitchenSink).map(({ kind, name }) => [kind, name])).toEqual([
    ['introduction', ''],
    ['tag', 'animals'],
    ['tag', 'undeclared'],
    ['operation', 'GET /animals/{id}'],
    ['operation', 'PUT /animals/{id}'],
    ['operation', 'POST born'],
    ...['Being', 'Animal', 'Keeper', 'Person', 'Robot', 'Anything', 'Loop'].map((name) => ['schema', name]),
  ]);
});

test('the description of a page is one line of plain text', () => {
  const descriptions = pages.map(({ description }) => description);

  expect(descriptions).toContain('Returns it.');
  expect(descriptions).toContain("Returns the current snapshot of one customer's metrics.");
  expect(descriptions.filter((description) => /\n|`/.test(description))).toEqual([]);
});

test('every page has one level 1 heading, skips no level, and has complete tables', () => {
  for (const { markdown } of pages) {
    const { headings, tables } = readPage(markdown);
    const depths = headings.map(([depth]) => Number(depth));

    expect(depths.filter((depth) => depth === 1)).toEqual([1]);
    expect(depths.filter((depth, index) => depth > (depths[index - 1] ?? 0) + 1)).toEqual([]);
    for (const [head = [], ...rows] of tables) {
      expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
    }
    expect(markdown).toMatch(/[^\n]\n$/);
  }
});
