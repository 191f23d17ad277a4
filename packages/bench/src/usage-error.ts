/** A mistake in the options of the command. The command prints its message and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
