/** One way to name a known customer. */
export interface Identifier {
  /** What reports call it, such as `email`: identifiers themselves may be personal data. */
  readonly label: string;
  /** The identifier before percent-encoding. */
  readonly value: string;
}

/** A customer that the target is known to have. */
export interface KnownCustomer {
  /** Its identifiers; each must retrieve it. */
  readonly identifiers: readonly Identifier[];
  /** Members that it must have, as far as they are known. */
  readonly expected: Readonly<Record<string, unknown>>;
}

/** The server under test. */
export interface Target {
  /** Where it is, without a path at the end that belongs to the description. */
  readonly url: string;
  /** An API key that it accepts. Never reported. */
  readonly token: string;
  /** Customers it has. Without any it must serve the description's examples, as the mock does. */
  readonly customers?: readonly KnownCustomer[];
}

declare module 'vitest' {
  interface ProvidedContext {
    target: Target;
  }
}
