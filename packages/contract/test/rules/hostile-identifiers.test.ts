import { findExamplePairs, loadDescription } from '@firstofficer/openapi';
import { expect, test } from 'vitest';
import { whyUnsendable } from '../../src/customers/identifier.ts';
import { HOSTILE_IDENTIFIERS } from '../../src/rules/hostile-identifiers.ts';
import { specFile } from '../../src/run/description.ts';

const values = HOSTILE_IDENTIFIERS.map(({ value }) => value);

test('each is there once', () => {
  expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
});

test('a URL can carry them all', () => {
  expect(values.filter((value) => whyUnsendable(value) !== undefined)).toEqual([]);
});

test('none of them is an example, which somebody has', async () => {
  const { operations } = await loadDescription(specFile(undefined));
  const examples = operations.flatMap(findExamplePairs).flatMap(({ parameters }) => Object.values(parameters));

  expect(values.filter((value) => examples.includes(value))).toEqual([]);
});

test('some are as long as may be, and some are longer', () => {
  const lengths = values.map((value) => [...value].length);

  expect(lengths).toEqual(expect.arrayContaining([1, 1024]));
  expect(Math.max(...lengths)).toBeGreaterThan(1024);
});
