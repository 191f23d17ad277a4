/** What was asked for cannot be done; the message says why, and what can be. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}
