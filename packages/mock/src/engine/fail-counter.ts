// A client chooses the keys, so their number and their length are limited.
const MAX_KEYS = 10_000;
const MAX_CHARACTERS = 2_000_000;

/** Counts the failures of requests with `Prefer: fail=N`. */
export interface FailCounter {
  /** Returns whether a request must fail: the first ones with the key do, then one does not, then it starts again. */
  isFailure(key: string, failures: number): boolean;
  reset(): void;
}

/** Creates a counter that forgets the keys that were not used for the longest time. */
export function createFailCounter(): FailCounter {
  // A map iterates in the order of insertion, so the first key is the one that was not used for the longest time.
  const counts = new Map<string, number>();
  let characters = 0;

  function take(key: string): number {
    const count = counts.get(key);
    if (count === undefined) return 0;
    counts.delete(key);
    characters -= key.length;
    return count;
  }

  return {
    isFailure(key, failures) {
      const count = take(key);
      if (count >= failures) return false;
      counts.set(key, count + 1);
      characters += key.length;
      for (const oldest of counts.keys()) {
        if (counts.size <= MAX_KEYS && characters <= MAX_CHARACTERS) break;
        take(oldest);
      }
      return true;
    },
    reset() {
      counts.clear();
      characters = 0;
    },
  };
}
