import type { FirstOfficerError } from './error.ts';
import type { operations } from './generated/openapi.ts';

/**
 * How the client sends the API key: `basic` is HTTP Basic, `token` is `Authorization: Token token="…"`.
 *
 * @example
 * const auth: AuthForm = 'token';
 */
export type AuthForm = 'basic' | 'token';

/**
 * The options of a client.
 *
 * @example
 * const options: ClientOptions = { token: process.env.FIRSTOFFICER_TOKEN ?? '', timeout: 5_000 };
 */
export interface ClientOptions {
  /** The API key. Keep it on a server: everyone who has it can read all customers. */
  readonly token: string;
  /** How the key is sent: as HTTP Basic, or as `Authorization: Token token="…"`. Default: `basic`. */
  readonly auth?: AuthForm | undefined;
  /** The base URL of the API: `https:`, or `http:` on loopback. Default: the live API. */
  readonly baseUrl?: string | URL | undefined;
  /** The time limit of each attempt in milliseconds. It includes the time to read the body. Default: 30,000. */
  readonly timeout?: number | undefined;
  /** How many times a call is retried. Default: 2. */
  readonly maxRetries?: number | undefined;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Called before each retry, before the wait. If it throws or rejects, the call rejects with the same error. */
  readonly onRetry?: OnRetry | undefined;
  /** Checks every response against the API's description. Pass `validate` of `@firstofficer/client/validate`. */
  readonly validate?: Validate | undefined;
  /** Allows the client in a browser, where everyone who opens the page can read the key. Default: `false`. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}

/**
 * The options of one call.
 *
 * @example
 * const options: CallOptions = { timeout: 5_000, signal: AbortSignal.timeout(8_000) };
 */
export interface CallOptions {
  /** The time limit of each attempt in milliseconds. It includes the time to read the body. Default: the client's. */
  readonly timeout?: number | undefined;
  /** How many times the call is retried. Default: the client's. */
  readonly maxRetries?: number | undefined;
  /** Aborts the call, also during the wait before a retry. */
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * A function that sends a request, like `fetch`.
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
 * A retry that is about to happen.
 *
 * @example
 * const onRetry = ({ attempt, delay, error }: Retry) => console.warn(`${error.code} at ${attempt}, waiting ${delay} ms`);
 */
export interface Retry {
  /** The number of the attempt that failed. The first is 1. */
  readonly attempt: number;
  /** How many milliseconds the client waits before the next attempt. */
  readonly delay: number;
  /** Why the attempt failed. */
  readonly error: FirstOfficerError;
}

/**
 * A function that is called before each retry. The client awaits the promise if it returns one.
 *
 * @example
 * const onRetry: OnRetry = ({ error }) => console.warn(`retrying after ${error.code}`);
 */
export type OnRetry = (retry: Retry) => unknown;

/**
 * A function that checks a response against the API's description. It returns the violations, or an empty list if the
 * response is valid.
 *
 * @example
 * const acceptAll: Validate = () => [];
 */
export type Validate<OperationId extends string = keyof operations> = (
  operation: OperationId,
  status: number,
  body: unknown,
) => readonly string[];
