/** What was asked for cannot be done; the message says why, and what can be. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
