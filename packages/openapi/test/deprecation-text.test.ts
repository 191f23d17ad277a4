import { expect, test } from 'vitest';
import { describeDeprecation } from '../src/index.ts';

test.each([
  [{}, 'deprecated.'],
  [{ since: '2026-11-01' }, 'deprecated since 2026-11-01.'],
  [{ sunset: '2027-11-01' }, 'deprecated, removed on 2027-11-01.'],
  [{ replacedBy: 'limit' }, 'deprecated. Use --limit instead.'],
  [
    { since: '2026-11-01', sunset: '2027-11-01', replacedBy: 'limit' },
    'deprecated since 2026-11-01, removed on 2027-11-01. Use --limit instead.',
  ],
])('%j is described as %j', (deprecation, expected) => {
  expect(describeDeprecation(deprecation, (name) => `--${name}`)).toBe(expected);
});
