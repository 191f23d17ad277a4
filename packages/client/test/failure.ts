import { expect } from 'vitest';
import { FirstOfficerError } from '../src/index.ts';

/** Returns the error that a call rejects with. */
export async function failure(call: Promise<unknown>): Promise<FirstOfficerError> {
  const error = await call.then(
    () => expect.unreachable('the call should have failed'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FirstOfficerError);
  return error as FirstOfficerError;
}
