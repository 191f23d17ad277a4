/** A request as it goes over the wire: nothing in it is normalised. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query below the target's URL, percent-encoded or not, well formed or not. */
  readonly target: string;
  /** In the order and the letter case in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** How the tests call themselves, so that whoever runs the target can tell them apart. */
export const USER_AGENT = 'firstofficer-contract (contract tests)';
