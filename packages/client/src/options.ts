import type { AuthForm } from './authorization.ts';
import { assertArgument, type FirstOfficerError } from './error.ts';
import type { operations } from './generated/openapi.ts';

/**
 * How a client is set up.
 *
 * @example
 * const options: ClientOptions = { token: process.env.FIRSTOFFICER_TOKEN ?? '', timeout: 5_000 };
 */
export interface ClientOptions {
  /** The API key. Keep it on a server: whoever has it can read every customer. */
  readonly token: string;
  /** The form in which the key is sent: HTTP Basic, or `Authorization: Token token="…"`. Default: `basic`. */
  readonly auth?: AuthForm | undefined;
  /** Where the API is: `https:`, or `http:` on this machine. Default: the live API. */
  readonly baseUrl?: string | URL | undefined;
  /** The time limit of each attempt, its body included, in milliseconds. Default: 30,000. */
  readonly timeout?: number | undefined;
  /** How many times a call that failed by chance is sent again. Default: 2. */
  readonly maxRetries?: number | undefined;
  /** Sends the requests in place of the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Is told of each retry, before the wait. If it throws or rejects, the call rejects with that. */
  readonly onRetry?: OnRetry | undefined;
  /** Checks what the server sent against the API's description: `validate` of `@firstofficer/client/validate`. */
  readonly validate?: Validate | undefined;
  /** Lets the client start in a browser page, where everyone who opens it can read the key. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}

/**
 * What one call may have of its own.
 *
 * @example
 * const options: CallOptions = { timeout: 5_000, signal: AbortSignal.timeout(8_000) };
 */
export interface CallOptions {
  /** The time limit of each attempt, its body included, in milliseconds. Default: the client's. */
  readonly timeout?: number | undefined;
  /** How many times the call may be sent again. Default: the client's. */
  readonly maxRetries?: number | undefined;
  /** Ends the call, also while it waits to be sent again. */
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * The part of `fetch` that the client uses.
 *
 * @example
 * const logged: Fetch = async (url, init) => {
 *   const response = await fetch(url, init);
 *   console.log(response.status);
 *   return response;
 * };
 */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * A call that is about to be sent again.
 *
 * @example
 * const onRetry = ({ attempt, delay, error }: Retry) => console.warn(`${error.code} at ${attempt}, waiting ${delay} ms`);
 */
export interface Retry {
  /** Which attempt failed: 1 is the first. */
  readonly attempt: number;
  /** How long the client waits before the next one, in milliseconds. */
  readonly delay: number;
  /** Why it failed. */
  readonly error: FirstOfficerError;
}

/**
 * Is told of each retry. A promise that it returns is waited for.
 *
 * @example
 * const onRetry: OnRetry = ({ error }) => retries.add(1, { code: error.code });
 */
export type OnRetry = (retry: Retry) => unknown;

/**
 * Says how a response departs from the API's description; nothing if it does not.
 *
 * @example
 * const never: Validate = () => [];
 */
export type Validate = (operation: keyof operations, status: number, body: unknown) => readonly string[];

/** @throws FirstOfficerError `invalid_argument` if one of them cannot be a limit. */
export function assertLimits(timeout: number, maxRetries: number): void {
  // What setTimeout cannot count to, it takes for 1.
  assertArgument('timeout', timeout > 0 && timeout < 2 ** 31, 'milliseconds, 1 to 2147483647');
  assertArgument('maxRetries', maxRetries >= 0, '0 or more');
}
