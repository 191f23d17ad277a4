import { type Api, createApi } from './api.ts';
import { buildAuthorization } from './authorization.ts';
import { type Customers, createCustomers } from './customers.ts';
import { assertArgument } from './error.ts';
import { SERVER_URL } from './generated/openapi.ts';
import type { ClientOptions } from './options.ts';
import { createRedact } from './redaction.ts';
import { createSendOperation } from './request.ts';
import { createTransport } from './transport.ts';
import { normalizeBaseUrl } from './url.ts';

/**
 * A client of FirstOfficer's API.
 *
 * @example
 * const firstofficer: FirstOfficer = createClient({ token });
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
  const { token, auth = 'basic', baseUrl = SERVER_URL, validate, dangerouslyAllowBrowser } = options;
  assertArgument(
    'dangerouslyAllowBrowser',
    !('document' in globalThis) || dangerouslyAllowBrowser,
    'true in a browser, where everyone can read the API key',
  );
  for (const name of ['fetch', 'onRetry', 'validate'] as const) {
    assertArgument(name, options[name] === undefined || typeof options[name] === 'function', 'a function');
  }
  const url = normalizeBaseUrl(baseUrl);
  const authorization = buildAuthorization(token, auth);
  const redact = createRedact(token);
  const sendOperation = createSendOperation(url, authorization, createTransport(redact, options));
  return {
    customers: createCustomers(sendOperation, redact, validate),
    api: createApi(sendOperation, redact),
  };
}
