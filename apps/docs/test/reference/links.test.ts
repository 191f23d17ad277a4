import { expect, test } from 'vitest';
import { createLinkResolver } from '../../src/reference/links.ts';
import type { Route } from '../../src/reference/routes.ts';

const route = (kind: Route['kind'], key: string, path: string): Route => ({
  ...{ kind, key, path },
  link: `/${path}`,
  title: key,
  group: 'Reference',
});
const guide = {
  order: 4,
  slug: 'errors',
  title: 'Errors',
  description: '',
  markdown: '',
  fences: [],
  links: [],
  file: '4-errors.md',
};
const site = {
  guides: [guide],
  routes: [route('operation', 'GET /pets', 'pets/list'), route('schema', 'Pet', 'schemas/pet')],
  operations: new Map([['listPets', 'GET /pets']]),
};
const resolve = createLinkResolver({ ...site, address: (path) => `/docs/${path}` });

test.each([
  ['4-errors.md', '/docs/errors'],
  ['4-errors.md#retries', '/docs/errors#retries'],
  ['reference:operation/listPets', '/docs/pets/list'],
  ['reference:schema/Pet', '/docs/schemas/pet'],
  ['https://example.com/a.md', 'https://example.com/a.md'],
])('%s resolves to %s', (target, address) => {
  expect(resolve(target)).toBe(address);
});

test.each(['5-missing.md', 'reference:operation/none', 'reference:schema/None'])(
  '%s is an error that names the target',
  (target) => {
    expect(() => resolve(target)).toThrow(target.replace('reference:', ''));
  },
);

test('in the single file links have no heading anchors', () => {
  expect(createLinkResolver({ ...site, address: (path) => `#/${path}` })('4-errors.md#retries')).toBe('#/errors');
});
