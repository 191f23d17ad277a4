import { expect, test } from 'vitest';
import { resolveSeverity } from '../../src/run/severity.ts';

test.each([
  ['description', 'firstofficer', 'error'],
  ['description', 'generic', 'error'],
  ['rfc', 'generic', 'error'],
  ['profile', 'firstofficer', 'error'],
  ['profile', 'generic', 'note'],
  ['inference', 'firstofficer', 'note'],
  ['inference', 'generic', 'note'],
] as const)('a violation with the basis %s in the profile %s is an %s', (basis, profile, severity) => {
  expect(resolveSeverity({ severity: 'error', basis }, {}, profile)).toBe(severity);
  expect(resolveSeverity({ severity: 'error', basis: 'rfc' }, { basis }, profile)).toBe(severity);
});

test('a violation has its own severity, unless its basis makes it a note', () => {
  const check = { severity: 'note', basis: 'rfc' } as const;

  expect(resolveSeverity(check, {}, 'generic')).toBe('note');
  expect(resolveSeverity(check, { severity: 'error' }, 'generic')).toBe('error');
  expect(resolveSeverity(check, { severity: 'error', basis: 'profile' }, 'generic')).toBe('note');
});

test('the basis of a violation takes precedence over the basis of the check', () => {
  expect(resolveSeverity({ severity: 'error', basis: 'profile' }, { basis: 'description' }, 'generic')).toBe('error');
});
