/** A request that is sent without normalization. */
export interface HttpRequest {
  readonly method: string;
  /** The path and query below the base URL. It may be malformed. */
  readonly target: string;
  /** In the order and letter case in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** The User-Agent of the tests, so that operators of the target can recognize their requests. */
export const USER_AGENT = 'firstofficer-contract (contract tests)';

/** Returns whether a method is safe, that is, changes nothing (RFC 9110, 9.2.1). */
export function isSafeMethod(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
}
