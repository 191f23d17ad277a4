import { type Api, createApi } from './api.ts';
import { type Customers, createCustomers } from './customers.ts';
import { assertArgument } from './error.ts';
import { OPERATION_IDS, SERVER_URL } from './generated/openapi.ts';
import { createOperationSender } from './operation.ts';
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

/**
 * Creates a client. Create it once and reuse it for all calls. It opens no connection until the first call.
 *
 * @throws FirstOfficerError `invalid_argument` if an option is invalid, or in a browser without `dangerouslyAllowBrowser`.
 * @example
 * const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
 * const customer = await firstofficer.customers.retrieve('cus_1234ABCD');
 */
export function createClient(options: ClientOptions): FirstOfficer {
  assertArgument(
    'dangerouslyAllowBrowser',
    !('document' in globalThis) || options.dangerouslyAllowBrowser,
    'true in a browser, where everyone can read the API key',
  );
  for (const name of ['fetch', 'onRetry', 'validate'] as const) {
    assertArgument(name, options[name] === undefined || typeof options[name] === 'function', 'a function');
  }
  const sendOperation = createOperationSender(options, SERVER_URL, OPERATION_IDS);
  return { customers: createCustomers(sendOperation), api: createApi(sendOperation) };
}
