import { type Api, createApi } from './api.ts';
import { type Customers, createCustomers } from './customers.ts';
import { assertArgument } from './error.ts';
import { OPERATIONS, type operations, SERVER_URL } from './generated/openapi.ts';
import { createOperationSender, type OperationSender } from './operation.ts';
import type { ClientOptions } from './options.ts';

/**
 * A client of FirstOfficer's API.
 *
 * @example
 * const firstofficer: FirstOfficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
 */
export interface FirstOfficer {
  /** The operations on customers. */
  readonly customers: Customers;
  /** Every operation of the API, by method and path. */
  readonly api: Api;
}

type Operation = operations[keyof operations];

// No operation has a query or a body, so the client does not contain the code for them. Once one has, this does not
// compile: pass `(request) => sendOperation(serializeInput(request))` to createApi.
type InputlessSender = [Operation['parameters']['query'] | Operation['requestBody']] extends [undefined]
  ? OperationSender
  : never;

/** The global object: in Node, Bun and Deno, `process` has the version of Node. */
interface MaybeNode {
  readonly process?: { readonly versions?: { readonly node?: string } };
}

/**
 * Creates a client. Create it once and reuse it for all calls. It opens no connection until the first call.
 *
 * @throws FirstOfficerError `invalid_argument` if an option is invalid, or in a browser without `dangerouslyAllowBrowser`.
 * @example
 * const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
 * const customer = await firstofficer.customers.retrieve('cus_1234ABCD');
 */
export function createClient(options: ClientOptions): FirstOfficer {
  // JavaScript callers may pass nothing. They get the error of the missing token.
  const given: ClientOptions = Object(options);
  // Tests in Node can have a document as well, for example from jsdom.
  const isPage = 'document' in globalThis && !(globalThis as MaybeNode).process?.versions?.node;
  assertArgument(
    'dangerouslyAllowBrowser',
    !isPage || given.dangerouslyAllowBrowser,
    'true in a browser, where users can read the key',
  );
  for (const name of ['fetch', 'onDeprecation', 'onRequest', 'onResponse', 'onRetry', 'validate'] as const) {
    assertArgument(name, /^[uf]/.test(typeof given[name]), 'a function');
  }
  const sendOperation = createOperationSender(given, {
    serverUrl: SERVER_URL,
    operations: OPERATIONS,
  });
  return { customers: createCustomers(sendOperation), api: createApi(sendOperation satisfies InputlessSender) };
}
