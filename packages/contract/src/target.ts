/**
 * One way to name a known customer.
 *
 * @example
 * const identifier: Identifier = { label: 'email', value: 'jane@example.com' };
 */
export interface Identifier {
  /** What reports call it, such as `email`: the identifier itself may be personal data and is not in them. */
  readonly label: string;
  /** The identifier before percent-encoding. */
  readonly value: string;
}

/**
 * A customer that the target is known to have.
 *
 * @example
 * const customer: KnownCustomer = { identifiers: [identifier], expected: { id: 1340573 } };
 */
export interface KnownCustomer {
  /** Its identifiers; each must retrieve it. */
  readonly identifiers: readonly Identifier[];
  /** Members that it must have, as far as they are known. */
  readonly expected: Readonly<Record<string, unknown>>;
}

/**
 * The server under test.
 *
 * @example
 * const target: Target = { url: 'https://api.firstofficer.io', token };
 */
export interface Target {
  /** Where it is: what comes before the paths of the description, without a slash at the end. */
  readonly url: string;
  /** An API key that it accepts; undefined if it needs none. Never reported. */
  readonly token?: string;
}
