import { expect, test } from 'vitest';
import { createLinkResolver, replaceLinks } from '../../src/reference/guide-markdown.ts';

const site = {
  guides: [{ slug: 'errors', file: '4-errors.md' }],
  routes: [
    { kind: 'operation', key: 'GET /pets', path: 'pets/list' },
    { kind: 'schema', key: 'Pet', path: 'schemas/pet' },
  ],
  operations: new Map([['listPets', 'GET /pets']]),
};
const resolve = createLinkResolver({ ...site, toUrl: (path) => `/docs/${path}` });

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

test('links are resolved, also in tables, and code stays unchanged', () => {
  const guide = 'See [more](5-metrics.md).\n\n| a |\n| - |\n| [b](1-a.md) |\n\n```sh\n[c](1-a.md)\n```\n';

  expect(replaceLinks(guide, (target) => `/${target.replace('.md', '')}`)).toBe(
    'See [more](/5-metrics).\n\n| a |\n| - |\n| [b](/1-a) |\n\n```sh\n[c](1-a.md)\n```\n',
  );
});
