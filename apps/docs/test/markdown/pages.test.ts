import { expect, test } from 'vitest';
import { renderAuthenticationPage } from '../../src/markdown/authentication.ts';
import { renderIntroductionPage, renderReferencePages, renderTagPage } from '../../src/markdown/reference-pages.ts';
import { kitchenSink, readPage, spec } from '../fixtures.ts';

test('the introduction has the title, facts, description, servers and operations', () => {
  const page = readPage(renderIntroductionPage(kitchenSink));

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
    'GET /animals/{id} — Get an animal',
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
});

test('a reference link in a description has the URL of its definition', () => {
  expect(readPage(renderIntroductionPage(kitchenSink)).links).toContain('https://zoo.example/rules');
});

test('the authentication page has every scheme with its details', () => {
  const page = readPage(renderAuthenticationPage(kitchenSink));

  expect(page.headings).toEqual([
    [1, 'Authentication'],
    [2, 'oauth'],
    [3, 'Flow clientCredentials'],
    [2, 'key'],
    [3, 'Where from'],
    [2, 'header'],
    [2, 'oidc'],
  ]);
  expect(page.paragraphs[0]).toBe('By default, an operation needs oauth (read, write) and key, or none.');
  expect(page.items).toEqual([
    'Type: oauth2',
    'tokenUrl: https://zoo.example/token',
    'Type: HTTP, scheme bearer',
    'Format: JWT',
    'Type: apiKey',
    'Sent as: header X-Key',
    'Type: openIdConnect',
    'OpenID Connect: https://zoo.example/oidc',
  ]);
  expect(page.tables[0]).toEqual([
    ['Scope', 'Description'],
    ['read', 'To look.'],
    ['write', 'To feed.'],
  ]);
});

test('the authentication page mentions that there are no security schemes', () => {
  expect(renderAuthenticationPage({})).toBe('# Authentication\n\nNo authentication is documented.\n');
});

test('a tag has its display name, description and operations', () => {
  const page = readPage(renderTagPage(kitchenSink, 'animals'));

  expect(page.headings).toEqual([
    [1, 'Animals'],
    [2, 'Operations'],
  ]);
  expect(page.links).toEqual(['https://zoo.example/animals']);
  expect(page.items).toEqual(['GET /animals/{id} — Get an animal', 'PUT /animals/{id} — PUT /animals/{id}']);
});

test('an unknown tag is an error', () => {
  expect(() => renderTagPage(kitchenSink, 'plants')).toThrow('no tag "plants"');
});

test('every part of a description has a page, including tags that only operations use', () => {
  expect(renderReferencePages(kitchenSink).map(({ kind, name, title }) => [kind, name, title])).toEqual([
    ['introduction', '', 'Zoo *API*'],
    ['authentication', '', 'Authentication'],
    ['tag', 'animals', 'Animals'],
    ['tag', 'untold', 'untold'],
    ['operation', 'GET /animals/{id}', 'Get an animal'],
    ['operation', 'PUT /animals/{id}', 'PUT /animals/{id}'],
    ['operation', 'POST born', 'A birth'],
    ...['Being', 'Animal', 'Keeper', 'Person', 'Robot', 'Anything', 'Loop'].map((name) => ['schema', name, name]),
  ]);
});

test('the description of a page is one line of plain text', () => {
  const descriptions = [...renderReferencePages(spec), ...renderReferencePages(kitchenSink)].map(
    ({ description }) => description,
  );

  expect(descriptions).toContain('Returns it.');
  expect(descriptions).toContain("Returns the current snapshot of one customer's metrics.");
  expect(descriptions.filter((description) => /\n|`/.test(description))).toEqual([]);
});

test('every page has one level 1 heading, skips no level, and has complete tables', () => {
  for (const { title, markdown } of [...renderReferencePages(spec), ...renderReferencePages(kitchenSink)]) {
    const { headings, tables } = readPage(markdown);
    const depths = headings.map(([depth]) => Number(depth));

    expect(headings.filter(([depth]) => depth === 1)).toEqual([[1, title]]);
    expect(depths.filter((depth, index) => depth > (depths[index - 1] ?? 0) + 1)).toEqual([]);
    for (const [head = [], ...rows] of tables) {
      expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
    }
    expect(markdown).toMatch(/[^\n]\n$/);
  }
});
