import { expect, test } from 'vitest';
import { FirstOfficerError, isFirstOfficerError } from '../src/index.ts';

test('an error of this copy of the package is recognised', () => {
  expect(isFirstOfficerError(new FirstOfficerError('network', 'No connection.'))).toBe(true);
});

test('an error of another copy of the package is recognised', async () => {
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
])('%s is not an error of this package', (value) => {
  expect(isFirstOfficerError(value)).toBe(false);
});

test('what an error says can be logged as JSON', () => {
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
