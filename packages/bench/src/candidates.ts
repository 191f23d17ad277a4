import { findExamplePairs, loadDescription } from '@firstofficer/openapi';

/** The options of a client: the URL of the API, the API key, and the fetch function. */
interface ClientOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
}

/** Creates a client and returns a function that retrieves one customer. The function rejects if the request fails. */
export type ClientFactory = (options: ClientOptions) => (identifier: string) => Promise<unknown>;

/** The name of a client to measure. Its file in `candidates` has the same name. */
export type Candidate =
  | 'fetch'
  | 'firstofficer'
  | 'firstofficer-undici'
  | 'openapi-fetch'
  | 'hey-api'
  | 'ofetch'
  | 'ky'
  | 'axios'
  | 'stripe'
  | 'undici-pool';

/** The client of this repository. Only this client has budgets, also with its `fetch` for undici. */
export const OUR_CLIENT: Candidate = 'firstofficer';

/** Returns the URL of the module of a client. The module exports the function `connect`. */
export function getModuleUrl(candidate: Candidate): URL {
  return new URL(`./candidates/${candidate}.ts`, import.meta.url);
}

/**
 * Imports a client. A process must import only one, because a client may change global state, such as undici's
 * dispatcher.
 */
export async function loadCandidate(candidate: Candidate): Promise<ClientFactory> {
  const { connect } = (await import(getModuleUrl(candidate).href)) as { connect: ClientFactory };
  return connect;
}

/** The budgets of our client. */
export const BUDGETS = {
  /** The size of a bundle in bytes, compressed with gzip. */
  size: 4_230,
  /** CPU time per request, as a multiple of the CPU time of `fetch` and `json()` alone. */
  cpu: 1.1,
  /** The same with the `fetch` for undici. */
  undiciCpu: 0.65,
  /** Microseconds per call in addition to `fetch` and `json()`. */
  overhead: 4,
} as const;

interface Budget {
  readonly budget: number;
  /** The unit, with a space before it if needed. */
  readonly unit: string;
}

/** Returns the table cell that shows whether our client is within its budget. It is empty for other clients. */
export function formatBudgetCell(candidate: Candidate, figure: number, { budget, unit }: Budget): string {
  if (!candidate.startsWith(OUR_CLIENT)) return '';
  return `${figure <= budget ? '✓' : '✗'} at most ${budget.toLocaleString('en')}${unit}`;
}

/** An example customer of the description, with an identifier that retrieves it. */
export interface ExampleCustomer {
  readonly identifier: string;
  readonly customer: unknown;
}

/** Returns the first example customer of the description. */
export async function readExampleCustomer(): Promise<ExampleCustomer> {
  const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  const pair = operations.flatMap(findExamplePairs).find(({ status }) => status === '200');
  if (pair?.parameters.customer === undefined)
    throw new Error('The description has no example of a retrieved customer.');
  return { identifier: pair.parameters.customer, customer: pair.body };
}
