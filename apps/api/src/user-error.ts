/** A command cannot do what the user asked for. The message says why and what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
