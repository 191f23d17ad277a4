import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findForbiddenLicenses, type LicenseListing } from '../src/licenses/check.ts';
import { ALL, PRODUCTION } from '../src/licenses/policy.ts';

// In the form that `pnpm licenses list --json` prints, with a forbidden licence and with one that is not named.
const listing: LicenseListing = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/licenses.json'), 'utf8'));

test('names the packages with a forbidden licence and those without one', () => {
  expect(findForbiddenLicenses(listing, PRODUCTION)).toEqual([
    { name: 'copyleft 1.0.0, 2.0.0', license: 'GPL-3.0-only' },
    { name: 'file-copyleft 1.0.0', license: 'MPL-2.0' },
    { name: 'mixed 1.0.0', license: 'MIT AND GPL-3.0-only' },
    { name: 'nameless 0.1.0', license: 'Unknown' },
    { name: 'proprietary 3.0.0', license: 'SEE LICENSE IN LICENSE.txt' },
  ]);
});

test('tools may have licences that published packages must not depend on', () => {
  const names = findForbiddenLicenses(listing, ALL).map(({ name }) => name);
  expect(names).not.toContain('file-copyleft 1.0.0');
  expect(names).toContain('copyleft 1.0.0, 2.0.0');
});

test('an exception holds for one package', () => {
  const exceptions = { nameless: 'Its LICENSE file has the text of the MIT licence.' };
  const names = findForbiddenLicenses(listing, { ...PRODUCTION, exceptions }).map(({ name }) => name);
  expect(names).not.toContain('nameless 0.1.0');
  expect(names).toContain('proprietary 3.0.0');
});

test.for(['MIT', 'MIT OR GPL-3.0-only', '(MIT AND ISC)', 'Apache-2.0 AND (BSD-3-Clause OR GPL-2.0-only)'])(
  '%s is allowed',
  (license) => {
    expect(findForbiddenLicenses({ [license]: [{ name: 'a', versions: ['1.0.0'] }] }, PRODUCTION)).toEqual([]);
  },
);

test.for(['', 'UNLICENSED', 'mit', 'MIT/X11', 'AGPL-3.0-only', 'LGPL-3.0-or-later', 'toString'])(
  '"%s" is not allowed',
  (license) => {
    expect(findForbiddenLicenses({ [license]: [{ name: 'a', versions: ['1.0.0'] }] }, ALL)).toHaveLength(1);
  },
);
