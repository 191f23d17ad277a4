/** The options of a client: the URL of the API, the API key, and the fetch function. */
interface Connection {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
}

/** Creates a client and returns a function that retrieves one customer. The function rejects if the request fails. */
export type Connect = (connection: Connection) => (identifier: string) => Promise<unknown>;
