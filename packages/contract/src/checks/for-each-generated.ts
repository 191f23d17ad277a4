import fc, { type Arbitrary } from 'fast-check';
import type { CheckOptions, Session } from './check.ts';

// Limits the number of requests that shrinking sends to a live API.
const ATTEMPTS_TO_SHRINK = 60;

interface GeneratedValues<T> {
  readonly session: Session;
  /** The same seed gives the same values. */
  readonly options: Pick<CheckOptions, 'seed' | 'generated'>;
  readonly values: Arbitrary<T>;
}

/** Runs `work` with generated values and reports only the smallest value that fails. */
export async function forEachGenerated<T>(
  { session, options: { seed, generated }, values }: GeneratedValues<T>,
  work: (value: T) => Promise<void>,
): Promise<void> {
  let keepSmallest: (() => void) | undefined;
  let attempts = 0;
  let failure: { readonly error: unknown } | undefined;
  const property = fc.asyncProperty(values, async (value) => {
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
