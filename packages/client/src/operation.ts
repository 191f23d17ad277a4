import { readBody } from './body.ts';
import { type DeprecationText, warnOfDeprecations } from './deprecation.ts';
import { assertArgument, CODES_BY_STATUS, type ErrorCode, FirstOfficerError } from './error.ts';
import type { ResponseHead } from './fetch.ts';
import { VERSION } from './generated/version.ts';
import type { CallOptions, ClientOptions, Retry, Validate } from './options.ts';
import { redactKeys } from './redaction.ts';
import {
  buildAuthorization,
  buildUrl,
  mergeHeaders,
  normalizeBaseUrl,
  type OperationInput,
  type SerializedInput,
} from './request.ts';
import { parseJson, parseRetryAfter } from './response.ts';
import { run } from './run.ts';

export interface OperationRequest extends OperationInput, CallOptions, SerializedInput {
  readonly method: string;
  /** The path template, such as `/v2/customers/{customer}`. */
  readonly path: string;
  /**
   * The member `object` that the body of a success must have. It is checked even without `validate`. If it is given, the
   * function also rejects all error responses.
   */
  readonly object?: string;
  /** Replaces the wait before a retry, so that several calls can slow down together. It must not reject. */
  readonly wait?: ((retry: Retry) => Promise<unknown>) | undefined;
}

/** A response of the API: a success with its data, an error with its body, or a 304 with neither. */
interface OperationResult {
  readonly response: ResponseHead;
  /** The body of a success, or undefined if the response has none. */
  readonly data?: unknown;
  /** The body of an error response, without the API key. */
  readonly error?: unknown;
}

/**
 * Sends one operation of the API, and parses and validates the response. Applies the time limit, and retries a GET that
 * failed.
 *
 * @throws FirstOfficerError if there is no response of the API itself, if a success has an invalid body, if an argument
 * is invalid, or if a function of the application fails.
 */
export type OperationSender = (request: OperationRequest) => Promise<OperationResult>;

/** What the client needs to know of an API. It is generated from the API's description. */
export interface ApiDescription<OperationId extends string> {
  /** The default of the option `baseUrl`. */
  readonly serverUrl: string;
  /** The operations, by method and path: `GET /v2/customers/{customer}`. */
  readonly operations: Readonly<Record<string, DescribedOperation<OperationId>>>;
}

interface DescribedOperation<OperationId extends string> {
  readonly id: OperationId;
  /** The required members of `error` in each documented error, by status. All are strings that are not blank. */
  readonly errors: Readonly<Record<number, readonly string[]>>;
  /** What is deprecated: the operation, or parameters. The names of headers are in lowercase. */
  readonly deprecated?: readonly DeprecationText[];
}

/** What the client reads of a body. Nothing is known of the body of a proxy. */
interface Body {
  readonly object?: unknown;
  readonly error?: Partial<Record<string, string>>;
}

type Hook = 'onRequest' | 'onResponse' | 'onRetry';

interface AnyHook {
  /** A method, because its parameter may have the type of each hook. */
  call(event: object): unknown;
}

type Hooks = { readonly [Name in Hook]?: AnyHook['call'] | undefined };

/**
 * Creates the function that sends the operations of an API.
 *
 * @throws FirstOfficerError `invalid_argument` if an option is invalid.
 */
export function createOperationSender<OperationId extends string>(
  options: Omit<ClientOptions, 'validate'> & { readonly validate?: Validate<OperationId> | undefined },
  { serverUrl, operations }: ApiDescription<OperationId>,
): OperationSender {
  const { token, auth = 'basic', baseUrl = serverUrl, application = '', maxResponseBytes = 5e6, validate } = options;
  const hooks: Hooks = options;
  const rootUrl = normalizeBaseUrl(baseUrl);
  const clientHeaders = mergeHeaders(
    {
      Accept: 'application/json',
      // A browser sends its own User-Agent, or would ask the API in a preflight whether it accepts this one.
      ...(!('document' in globalThis) && { 'User-Agent': `@firstofficer/client/${VERSION} ${application}` }),
    },
    options.headers ?? [],
  );
  if (typeof token !== 'function') buildAuthorization(token, auth);
  const defaults = checkLimits({ timeout: 30_000, maxRetries: 2 }, options);
  assertNumber('maxResponseBytes', maxResponseBytes, 1);

  return async (request) => {
    const { method, path, object } = request;
    const url = buildUrl(rootUrl, path, request.params) + (request.search ?? '');
    // JavaScript callers can pass a path that the API does not have. Then there is no operation, and validate rejects it.
    const name = `${method} ${path}`;
    const operation = operations[name];
    const headers = mergeHeaders(clientHeaders, request.params?.header, request.headers);
    /** The key, and the new key after the API has rejected it. */
    const keys: string[] = [];

    const redact = (value: unknown, maxLength?: number) => redactKeys(value, keys, maxLength);
    const context = { ...checkLimits(defaults, request), redact, attempts: 0 };
    /** Calls a function of the application. */
    const call = <Result>(name: string, callback: () => Result | Promise<Result>) =>
      run(context, async () => callback(), name);
    const callHook = (name: Hook, event: object) => hooks[name] && call(name, () => hooks[name]?.(event));
    const authenticate = async (isRejected: boolean) => {
      const key = typeof token === 'function' ? await call('token', () => token({ isRejected })) : token;
      keys.push(key);
      return buildAuthorization(key, auth);
    };

    let authorization = await authenticate(false);
    for (;;) {
      // A path that the API does not have may contain an identifier, which the hooks must not receive.
      const event = { method, path: operation ? path : 'unknown', attempt: context.attempts + 1 };
      let result: OperationResult | undefined;
      /** The error, or the response if it is a success. */
      let outcome: Partial<FirstOfficerError>;
      await callHook('onRequest', event);
      const start = Date.now();
      try {
        const { response, body } = await run(context, async (signal) => {
          context.attempts++;
          // The global fetch is looked up for each call, because an application may replace it later.
          const response = await (options.fetch ?? globalThis.fetch)?.(url, {
            ...request.init,
            method,
            headers: { ...headers, Authorization: authorization },
            signal,
            // A redirect is not followed: the key would be sent to another URL.
            redirect: 'manual',
          });
          assertArgument('fetch', response?.headers?.get, 'a function that returns a Response');
          // The body is always read, so that the connection can be reused.
          return { response, body: await readBody(response, maxResponseBytes) };
        });
        const { ok, status, redirected } = response;
        if (operation) {
          const sent = { ...request.params, header: headers };
          warnOfDeprecations({ name, sent, response }, operation.deprecated, options.onDeprecation);
        }
        const fail: (code: ErrorCode, error: Partial<Record<string, string>>) => never = (code, error) => {
          throw new FirstOfficerError(code, redact(error.message) as string, {
            param: redact(error.param),
            type: redact(error.type),
            attempts: context.attempts,
            status: status || undefined,
            requestId: redact(response.headers.get('X-Request-Id')),
            retryAfter: parseRetryAfter(response.headers.get('Retry-After')),
          });
        };
        if (body === undefined) fail('response_too_large', { message: 'The body exceeds maxResponseBytes.' });
        const value = parseJson(body) as Body | null | undefined;
        // A 304 is the result of a request with If-None-Match. It has no body, so it contains no object.
        const isResult = ok || (status === 304 && !object);
        // A custom fetch may follow redirects nevertheless.
        if (!isResult || redirected) {
          const error = value?.error;
          const documented = operation?.errors[status]?.every((member) => redact(error?.[member])?.trim()) && error;
          // Applications log errors, so the key is removed from them. Data stays as the server sent it.
          if (documented && !object) result = { error: parseJson(redact(body, 1e9)), response };
          // A browser hides the status of a redirect: it is 0.
          const problem = status < 400 && status !== 304 ? 'a redirect' : `HTTP status ${status} and no API error`;
          fail(
            // These statuses mean "try again later", even if a proxy sends them.
            ((documented || status > 404) && CODES_BY_STATUS[status]) || 'http',
            documented || {
              message: `${rootUrl} answered with ${problem}. Body: ${body.replace(/[\s\p{C}]+/gu, ' ') || 'empty'}`,
            },
          );
        }
        const reason =
          value === undefined && (body || (status === 200 && method === 'GET'))
            ? body
              ? 'not JSON'
              : 'empty'
            : object && value?.object !== object
              ? `not a ${object}`
              : validate
                ? await call('validate', async () =>
                    (await validate(operation?.id as OperationId, status, value)).join(', '),
                  )
                : value === null && 'null';
        if (reason) fail('invalid_response', { message: `FirstOfficer sent an invalid response: ${reason}.` });
        result = { data: value, response };
        outcome = response;
      } catch (thrown) {
        outcome = thrown as FirstOfficerError;
      }
      const { code, param, status, retryAfter } = outcome;
      await callHook('onResponse', { ...event, status, code, milliseconds: Date.now() - start });
      if (status === 401 && keys.length < 2) {
        authorization = await authenticate(true);
        if (keys[0] !== keys[1]) continue;
      }
      // A request with a new key is no retry.
      const sent = context.attempts + 1 - keys.length;
      // Full jitter: clients that failed at the same time retry at different times.
      const delay = 1000 * (retryAfter ?? Math.random() * Math.min(8, 2 ** (sent - 2)));
      // A timeout has a param if a function of the application timed out.
      const isTransient = /^(net|time.+d u|rate|unav|http (408|5))/.test(`${code} ${status} ${param}`);
      // If the server asks for a wait of more than a minute, the call fails and the caller decides.
      if (!isTransient || method !== 'GET' || sent > context.maxRetries || delay > 60_000) {
        if (result) return result;
        throw outcome;
      }
      const retry = { attempt: context.attempts, delay, error: outcome as FirstOfficerError };
      await callHook('onRetry', retry);
      // If the signal aborts during the wait, the next attempt ends before it sends anything.
      await (request.wait?.(retry) ?? run({ ...context, timeout: delay }));
    }
  };
}

/**
 * Checks the limits of a client or call.
 *
 * @throws FirstOfficerError `invalid_argument` if one of them is invalid.
 */
function checkLimits(
  defaults: { readonly timeout: number; readonly maxRetries: number },
  { timeout = defaults.timeout, maxRetries = defaults.maxRetries, signal }: CallOptions,
) {
  assertNumber('timeout', timeout, 1);
  assertNumber('maxRetries', maxRetries, 0);
  assertArgument('signal', signal == null || signal.addEventListener?.call, 'an AbortSignal');
  return { timeout, maxRetries, signal };
}

function assertNumber(name: string, value: unknown, min: number): void {
  // setTimeout treats delays above 2^31−1 ms as 1 ms.
  const isValid = Number.isInteger(value) && (value as number) >= min && (value as number) < 2 ** 31;
  assertArgument(name, isValid, `a whole number from ${min} to 2147483647`);
}
