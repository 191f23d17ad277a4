/** The clock that says which of two states of an object was read later. */
export interface ReadClock {
  /** Returns the time in milliseconds since 1970. */
  now(): number;
  /** Lets the clock go on from a time, if it is earlier. */
  startFrom(time: number): void;
}

/**
 * Creates a clock that never goes back, also if that of the machine does. Otherwise, what is read after its clock was
 * corrected would look older than what is stored.
 *
 * @example
 * const clock = createReadClock();
 * clock.startFrom(row.read_until);
 */
export function createReadClock(): ReadClock {
  let last = 0;
  return {
    now() {
      last = Math.max(last, Date.now());
      return last;
    },
    startFrom(time) {
      last = Math.max(last, time);
    },
  };
}
