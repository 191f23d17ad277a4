/** Returns the next number of a sequence, from 0 to below 1. */
export type Random = () => number;

/** Creates a sequence of random numbers. The same seed gives the same sequence. It is not for secrets. */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  // Mulberry32.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns a random seed that is short enough to type. */
export function createSeed(random: Random = Math.random): string {
  return String(Math.floor(random() * 2 ** 32));
}

/** Returns the 32-bit FNV-1a hash of the UTF-16 code units of a text. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
