import fc, { type Arbitrary } from 'fast-check';
import type { Session } from './check.ts';
import type { CheckOptions } from './context.ts';

// Limits the number of requests that shrinking sends to a live API.
const ATTEMPTS_TO_SHRINK = 60;

/** Runs `work` with generated values and reports only the smallest value that fails. The same seed gives the same values. */
export async function forEachGenerated<T>(
  session: Session,
  { seed, generated }: Pick<CheckOptions, 'seed' | 'generated'>,
  arbitrary: Arbitrary<T>,
  work: (value: T) => Promise<void>,
): Promise<void> {
  let keepSmallest: (() => void) | undefined;
  let attempts = 0;
  let failure: { readonly error: unknown } | undefined;
  const property = fc.asyncProperty(arbitrary, async (value) => {
    if (keepSmallest) attempts += 1;
    if (failure || attempts > ATTEMPTS_TO_SHRINK) return true;
    try {
      const { hasFailed, keep } = await session.trial(() => work(value));
      if (hasFailed) keepSmallest = keep;
      else keep();
      return !hasFailed;
    } catch (error) {
      // Return true, because fast-check would treat the error as a failing value and shrink it.
      failure = { error };
      return true;
    }
  });
  await fc.check(property, { seed, numRuns: generated });
  keepSmallest?.();
  if (failure) throw failure.error;
}
