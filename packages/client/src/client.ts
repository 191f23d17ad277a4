import type { Client } from 'openapi-fetch';
import createApi from 'openapi-fetch';
import { type AuthForm, authorization } from './authorization.ts';
import { type Customers, createCustomers } from './customers.ts';
import { FirstOfficerError } from './error.ts';
import { type paths, SERVER_URL } from './generated/openapi.ts';

/**
 * How a client is set up.
 *
 * @example
 * const options: ClientOptions = { token: process.env.FIRSTOFFICER_TOKEN ?? '' };
 */
export interface ClientOptions {
  /** The API key. Keep it on a server: whoever has it can read every customer. */
  readonly token: string;
  /** Where the API is. Default: the live API. */
  readonly baseUrl?: string | undefined;
  /** The form in which the key is sent: HTTP Basic, or `Authorization: Token token="…"`. Default: `basic`. */
  readonly auth?: AuthForm | undefined;
  /** Sends the requests in place of the global `fetch`. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/**
 * A client of FirstOfficer's API.
 *
 * @example
 * const firstofficer: FirstOfficer = createClient({ token });
 */
export interface FirstOfficer {
  /** The calls that concern customers. */
  readonly customers: Customers;
  /**
   * The openapi-fetch client underneath, with the key set: every operation of the API by its path, results and errors
   * side by side.
   *
   * @example
   * const { data, error } = await firstofficer.api.GET('/v2/customers/{customer}', {
   *   params: { path: { customer: 'cus_1234ABCD' } },
   * });
   */
  readonly api: Client<paths>;
}

/**
 * Creates a client. It holds no connection: make one and keep it.
 *
 * @throws FirstOfficerError `invalid_argument` if the key or the base URL cannot be one.
 * @example
 * const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
 * const customer = await firstofficer.customers.retrieve('cus_1234ABCD');
 */
export function createClient({ token, baseUrl = SERVER_URL, auth = 'basic', fetch }: ClientOptions): FirstOfficer {
  assertBaseUrl(baseUrl);
  const api = createApi<paths>({
    baseUrl,
    headers: { Authorization: authorization(token, auth) },
    ...(fetch && { fetch }),
  });
  return { customers: createCustomers(api), api };
}

function assertBaseUrl(baseUrl: string): void {
  const url = typeof baseUrl === 'string' && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  // Credentials would end up in error messages, a query would swallow the path.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || /[?#]/.test(baseUrl)) {
    throw new FirstOfficerError(
      'invalid_argument',
      'baseUrl must be an absolute http or https URL, as a string, without credentials, query or fragment.',
    );
  }
}
