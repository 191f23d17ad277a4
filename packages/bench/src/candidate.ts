/** What a client is told: where the API is, the key, and what to send requests with. */
interface Connection {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
}

/** Creates a client and gives its call that retrieves one customer, which rejects if that fails. */
export type Connect = (connection: Connection) => (identifier: string) => Promise<unknown>;
