import fc, { type Arbitrary } from 'fast-check';
import type { Session } from '../checks/check.ts';
import type { Settings } from '../run/context.ts';

// A live API is not to be asked for ever for the sake of a smaller example.
const ATTEMPTS_TO_SHRINK = 60;

/** Tries something with generated values, and reports the smallest one that fails. The seed repeats them. */
export async function forEachGenerated<T>(
  session: Session,
  { seed, generated }: Pick<Settings, 'seed' | 'generated'>,
  arbitrary: Arbitrary<T>,
  work: (value: T) => Promise<void>,
): Promise<void> {
  let keepSmallest: (() => void) | undefined;
  let attempts = 0;
  let broken: { readonly error: unknown } | undefined;
  const property = fc.asyncProperty(arbitrary, async (value) => {
    if (keepSmallest) attempts += 1;
    if (broken || attempts > ATTEMPTS_TO_SHRINK) return true;
    try {
      const { hasFailed, keep } = await session.trial(() => work(value));
      if (hasFailed) keepSmallest = keep;
      else keep();
      return !hasFailed;
    } catch (error) {
      // Nothing is to be learnt any more: fast-check would take it for one more failing value.
      broken = { error };
      return true;
    }
  });
  await fc.check(property, { seed, numRuns: generated });
  keepSmallest?.();
  if (broken) throw broken.error;
}
