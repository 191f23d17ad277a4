import { expect, test } from 'vitest';
import { FirstOfficerError, isFirstOfficerError } from '../src/index.ts';

test('isFirstOfficerError recognizes errors of this copy of the package', () => {
  expect(isFirstOfficerError(new FirstOfficerError('network', 'No connection.'))).toBe(true);
});

test('isFirstOfficerError recognizes errors of another copy of the package', async () => {
  const copy = (await import(`${'../src/error.ts'}?copy`)) as typeof import('../src/error.ts');
  const error = new copy.FirstOfficerError('network', 'No connection.');

  expect(error).not.toBeInstanceOf(FirstOfficerError);
  expect(isFirstOfficerError(error)).toBe(true);
});

test.each([
  undefined,
  null,
  'FirstOfficerError',
  7,
  {},
  new Error('network'),
  { name: 'FirstOfficerError', code: 'network' },
])('%s is not a FirstOfficerError', (value) => {
  expect(isFirstOfficerError(value)).toBe(false);
});

test('JSON.stringify includes all members of an error except its cause', () => {
  const error = new FirstOfficerError('rate_limited', 'Slow down.', { status: 429, retryAfter: 7, requestId: 'req_1' });

  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'FirstOfficerError',
    message: 'Slow down.',
    code: 'rate_limited',
    status: 429,
    retryAfter: 7,
    requestId: 'req_1',
  });
});
