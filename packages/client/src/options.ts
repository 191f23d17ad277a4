import type { HeadersOptions } from 'openapi-fetch';
import type { ErrorCode, FirstOfficerError } from './error.ts';
import type { Fetch } from './fetch.ts';
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
  /**
   * The API key, of at least 3 characters, or a function that returns it, for keys that rotate. Keep it on a server:
   * everyone who has it can read all customers.
   */
  readonly token: string | TokenProvider;
  /** How the key is sent: as HTTP Basic, or as `Authorization: Token token="…"`. Default: `basic`. */
  readonly auth?: AuthForm | undefined;
  /** The base URL of the API: `https:`, or `http:` on loopback. Default: the live API. */
  readonly baseUrl?: string | URL | undefined;
  /** The time limit of each attempt in whole milliseconds. It includes the time to read the body. Default: 30,000. */
  readonly timeout?: number | undefined;
  /** How many times a call is retried. Default: 2. */
  readonly maxRetries?: number | undefined;
  /** Headers of every request. They cannot contain `Authorization`: set `token` instead. */
  readonly headers?: HeadersOptions | undefined;
  /** The name and version of your application, such as `billing-sync/2.1`. The client adds it to `User-Agent`. */
  readonly application?: string | undefined;
  /** The largest response body in bytes, after decompression. Default: 5,000,000. */
  readonly maxResponseBytes?: number | undefined;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Called before each attempt. */
  readonly onRequest?: OnRequest | undefined;
  /** Called after each attempt, also if there was no response. */
  readonly onResponse?: OnResponse | undefined;
  /** Called before each retry, before the wait. */
  readonly onRetry?: OnRetry | undefined;
  /**
   * Called when the application uses a deprecated operation or parameter for the first time in this process. Default:
   * `process.emitWarning` if the runtime has it, else `console.warn`. To turn the warnings off, pass `() => {}`.
   */
  readonly onDeprecation?: OnDeprecation | undefined;
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
  /** The time limit of each attempt in whole milliseconds. It includes the time to read the body. Default: the client's. */
  readonly timeout?: number | undefined;
  /** How many times the call is retried. Default: the client's. */
  readonly maxRetries?: number | undefined;
  /** Aborts the call, also during the wait before a retry. */
  readonly signal?: AbortSignal | null | undefined;
  /** Headers of the requests of this call. They replace the client's headers of the same name. */
  readonly headers?: HeadersOptions | undefined;
}

/**
 * A function that returns the API key, or a promise of it. The client calls it for each call, so keep the key or its
 * promise in a variable. If the API rejects the key with 401, the client calls the function again with `isRejected`. If
 * it then returns another key, the client sends the request once more.
 *
 * @example
 * let key: Promise<string> | undefined;
 * const token: TokenProvider = ({ isRejected }) => {
 *   if (!key || isRejected) key = readSecret('firstofficer-key');
 *   return key;
 * };
 */
export type TokenProvider = (request: { readonly isRejected: boolean }) => string | Promise<string>;

/**
 * An attempt that is about to begin. It contains neither the API key nor an identifier.
 *
 * @example
 * const onRequest = ({ method, path, attempt }: Attempt) => console.log(`${method} ${path}, attempt ${attempt}`);
 */
export interface Attempt {
  /** The HTTP method. */
  readonly method: string;
  /** The path template, such as `/v2/customers/{customer}`, or `unknown` if the API has no such operation. */
  readonly path: string;
  /** The number of the attempt. The first is 1. */
  readonly attempt: number;
}

/**
 * An attempt that has ended.
 *
 * @example
 * const onResponse = ({ status, code, milliseconds }: AttemptResult) => console.log(status ?? code, milliseconds);
 */
export interface AttemptResult extends Attempt {
  /** The HTTP status, or undefined if there was no complete response. */
  readonly status: number | undefined;
  /** The code of the error, or undefined if the response is a success. */
  readonly code: ErrorCode | undefined;
  /** How long the attempt took, including reading the body. */
  readonly milliseconds: number;
}

/**
 * A function that is called before each attempt. The client awaits the promise if it returns one.
 *
 * @example
 * const onRequest: OnRequest = ({ method, path }) => console.log(method, path);
 */
export type OnRequest = (attempt: Attempt) => unknown;

/**
 * A function that is called after each attempt. The client awaits the promise if it returns one.
 *
 * @example
 * const onResponse: OnResponse = ({ path, status, milliseconds }) => console.log(path, status, `${milliseconds} ms`);
 */
export type OnResponse = (result: AttemptResult) => unknown;

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
 * A function that is called before each retry. The client awaits the promise if it returns one. To end the call, throw
 * the error: a `FirstOfficerError` is passed on as it is.
 *
 * @example
 * const onRetry: OnRetry = ({ error }) => console.warn(`retrying after ${error.code}`);
 */
export type OnRetry = (retry: Retry) => unknown;

/**
 * A function that receives a warning: what is deprecated, since when, when it will be removed, and what replaces it. The
 * text contains neither the API key nor an identifier. The client does not wait for the function, and ignores its errors.
 *
 * @example
 * const onDeprecation: OnDeprecation = (message) => logger.warn(message);
 */
export type OnDeprecation = (message: string) => unknown;

/**
 * A function that checks a response against the API's description. It returns the violations, or an empty list if the
 * response is valid.
 *
 * @example
 * const acceptAll: Validate = () => [];
 */
export type Validate<
  OperationId extends string = keyof operations,
  Violations = readonly string[] | Promise<readonly string[]>,
> = (operation: OperationId, status: number, body: unknown) => Violations;
