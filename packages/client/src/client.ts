import { type Api, createApi } from './api.ts';
import { authorization } from './authorization.ts';
import { normalBaseUrl } from './base-url.ts';
import { type Customers, createCustomers } from './customers.ts';
import { assertArgument } from './error.ts';
import { SERVER_URL } from './generated/openapi.ts';
import type { ClientOptions } from './options.ts';
import { redaction } from './redaction.ts';
import { createSendOperation } from './request.ts';
import { createTransport } from './transport.ts';

/**
 * A client of FirstOfficer's API.
 *
 * @example
 * const firstofficer: FirstOfficer = createClient({ token });
 */
export interface FirstOfficer {
  /** The calls that concern customers. */
  readonly customers: Customers;
  /** Every operation of the API's description, by method and path. */
  readonly api: Api;
}

/**
 * Creates a client. It holds no connection: make one and keep it.
 *
 * @throws FirstOfficerError `invalid_argument` if an option cannot be used, or in a browser page.
 * @example
 * const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
 * const customer = await firstofficer.customers.retrieve('cus_1234ABCD');
 */
export function createClient({
  token,
  auth = 'basic',
  baseUrl = SERVER_URL,
  timeout = 30_000,
  maxRetries = 2,
  fetch,
  onRetry,
  validate,
  dangerouslyAllowBrowser,
}: ClientOptions): FirstOfficer {
  assertArgument(
    'dangerouslyAllowBrowser',
    !('document' in globalThis) || dangerouslyAllowBrowser,
    'true in a browser page, where all can read the API key',
  );
  for (const [name, value] of Object.entries({ fetch, onRetry, validate })) {
    assertArgument(name, value === undefined || typeof value === 'function', 'a function');
  }
  const url = normalBaseUrl(baseUrl);
  const key = authorization(token, auth);
  const redact = redaction(token);
  const sendOperation = createSendOperation(url, key, createTransport(redact, timeout, maxRetries, onRetry, fetch));
  return {
    customers: createCustomers(sendOperation, redact, validate),
    api: createApi(sendOperation, redact),
  };
}
