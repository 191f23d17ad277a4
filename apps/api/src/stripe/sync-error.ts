/** A sync cannot go on. Its message says why and what to do, and contains no key and no identifier of a customer. */
export class SyncError extends Error {
  override readonly name = 'SyncError';
}
