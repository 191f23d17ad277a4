import { setTimeout as delay } from 'node:timers/promises';
import { isObject, type JsonObject } from '../objects.ts';
import { createLimiter, LIMITS, type Limiter } from './limiter.ts';
import { getDashboardName } from './permission-names.ts';
import { createReadClock, type ReadClock } from './read-clock.ts';
import { StripeError } from './stripe-error.ts';

/** The version of Stripe's API that requests ask for, whatever the default of the account is. */
export const STRIPE_VERSION = '2026-10-28.endive';

/** Parameters of a request. An array is sent as `name[]=…` for each element. */
export type Parameters = Readonly<Record<string, string | number | readonly string[]>>;

/** A successful response. */
interface StripeResponse {
  readonly body: JsonObject;
  /** When the request was sent, by {@link StripeClient.clock}. */
  readonly sentAt: number;
  /** The time of the response by Stripe's clock, in seconds since 1970. */
  readonly now: number;
}

/** Why a request is sent again. */
export interface Retry {
  /** The path without IDs, such as `/v1/invoices/:id`. */
  readonly endpoint: string;
  /** Such as `status 429 (endpoint-rate)` or `no response within 30 s`. */
  readonly reason: string;
  readonly isRateLimit: boolean;
  readonly attempt: number;
  readonly waitMs: number;
  readonly requestId: string | undefined;
}

/** Options of {@link createStripeClient}. */
export interface StripeClientOptions {
  /** A restricted or secret key. */
  readonly key: string;
  /** Default: `https://api.stripe.com`. */
  readonly url?: string;
  /** Default: 80 % of what Stripe allows for the mode of the key. */
  readonly limiter?: Limiter;
  /** Called before a request is sent again. */
  readonly onRetry?: (retry: Retry) => void;
  /** How long one attempt may take. Default: 30 seconds. */
  readonly timeoutMs?: number;
  /** The wait before the second attempt. It doubles with each attempt, up to a minute. Default: 500 ms. */
  readonly backOffMs?: number;
}

/** Reads from Stripe's API. */
export interface StripeClient {
  /** Whether the key is for real data. */
  readonly livemode: boolean;
  /** The clock that says when requests were sent. */
  readonly clock: ReadClock;
  /** The number of requests that were sent. */
  readonly requests: number;
  /**
   * Sends a GET request. Waits for the limiter, and repeats the request after a 429 for as long as needed, and 7 times
   * after a timeout, a broken connection, an invalid body, a 409 or a 5xx.
   *
   * @throws StripeError if Stripe does not answer or refuses the request.
   * @throws The reason of the signal if it is aborted.
   */
  get(path: string, params?: Parameters, signal?: AbortSignal): Promise<StripeResponse>;
}

const URL_OF_STRIPE = 'https://api.stripe.com';
const TIMEOUT_MS = 30_000;
const BACK_OFF_MS = 500;
const MAX_BACK_OFF_MS = 60_000;
const MAX_ATTEMPTS = 8;
const MAX_RETRY_AFTER_S = 600;
// A page of 100 invoices with ten lines each has about 3 MiB.
const MAX_BODY_BYTES = 32 << 20;

/** An attempt that failed and may succeed the next time. */
interface FailedAttempt {
  readonly reason: string;
  readonly requestId: string | undefined;
  /** Which limit was exceeded. Undefined if the response was not a 429. */
  readonly scope?: 'total' | 'endpoint' | 'unknown';
  readonly retryAfterMs?: number;
}

/**
 * Creates a client of Stripe's API. It only reads, so each request can be repeated.
 *
 * @example
 * const client = createStripeClient({ key: 'rk_test_…' });
 * const { body } = await client.get('/v1/invoices', { limit: 100, 'created[lt]': 1_790_000_000 });
 */
export function createStripeClient({
  key,
  url = URL_OF_STRIPE,
  limiter,
  onRetry,
  timeoutMs = TIMEOUT_MS,
  backOffMs = BACK_OFF_MS,
}: StripeClientOptions): StripeClient {
  const livemode = key.includes('_live_');
  const limits = limiter ?? createLimiter(livemode ? LIMITS.live : LIMITS.test);
  const headers = { Authorization: `Bearer ${key}`, 'Stripe-Version': STRIPE_VERSION, Accept: 'application/json' };
  const clock = createReadClock();
  let requests = 0;

  const send = async (address: string, endpoint: string, signal?: AbortSignal) => {
    const release = await limits.acquire(endpoint, signal);
    requests += 1;
    // Not before the limiter: a response is as old as its request.
    const sent = { at: clock.now(), monotonic: performance.now() };
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const result = await readResponse(
        await fetch(address, {
          headers,
          redirect: 'manual',
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        }),
        endpoint,
      );
      return { sent, result };
    } catch (error) {
      if (error instanceof StripeError) throw error;
      signal?.throwIfAborted();
      const reason = timeout.aborted ? `no response within ${timeoutMs / 1_000} s` : describeNetworkError(error);
      return { sent, result: { reason, requestId: undefined } };
    } finally {
      release();
    }
  };

  return {
    livemode,
    clock,
    get requests() {
      return requests;
    },
    async get(path, params = {}, signal) {
      const address = `${url}${path}${formatQuery(params)}`;
      const endpoint = getEndpoint(path);
      for (let attempt = 1, failures = 0; ; attempt += 1) {
        const { sent, result } = await send(address, endpoint, signal);
        if ('body' in result) return { ...result, sentAt: sent.at };
        const { scope, reason, requestId } = result;
        if (scope === undefined) failures += 1;
        if (failures === MAX_ATTEMPTS) throw createUnavailableError(endpoint, result);
        const waitMs = result.retryAfterMs ?? getBackOff(backOffMs, attempt);
        onRetry?.({ endpoint, reason, isRateLimit: scope !== undefined, attempt, waitMs, requestId });
        if (scope === undefined) await waitFor(waitMs, signal);
        else limits.slowDown({ endpoint, scope, sentAt: sent.monotonic, waitMs });
      }
    },
  };
}

async function readResponse(
  response: Response,
  endpoint: string,
): Promise<Omit<StripeResponse, 'sentAt'> | FailedAttempt> {
  const { status, headers } = response;
  const requestId = readToken(headers.get('Request-Id'));
  const text = await readText(response);
  if (text === undefined) return { reason: `a response of more than ${MAX_BODY_BYTES >> 20} MiB`, requestId };
  const body = parseObject(text);
  if (status === 429) return { ...readRateLimit(headers), requestId };
  if (status === 409 || status >= 500) return { reason: `status ${status}`, requestId };
  if (status !== 200) throw createStripeError(status, { endpoint, body, requestId });
  if (typeof body?.object !== 'string') return { reason: 'a response that is not from Stripe', requestId };
  const date = Date.parse(headers.get('Date') ?? '');
  return { body, now: Math.floor((Number.isNaN(date) ? Date.now() : date) / 1_000) };
}

/** Returns the body of a response, or undefined if it is too long. It may be compressed, and fill the memory. */
async function readText({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString();
}

function readRateLimit(headers: Headers): Omit<FailedAttempt, 'requestId'> {
  const limit = readToken(headers.get('Stripe-Rate-Limited-Reason'));
  const seconds = Number(headers.get('Retry-After') ?? Number.NaN);
  return {
    reason: limit === undefined ? 'status 429' : `status 429 (${limit})`,
    scope: limit === undefined ? 'unknown' : limit.startsWith('global') ? 'total' : 'endpoint',
    ...(seconds >= 0 && { retryAfterMs: Math.min(seconds, MAX_RETRY_AFTER_S) * 1_000 }),
  };
}

function createStripeError(
  status: number,
  { endpoint, body, requestId }: { endpoint: string; body: JsonObject | undefined; requestId: string | undefined },
): StripeError {
  const error: JsonObject = isObject(body?.error) ? body.error : {};
  const code = readToken(error.code);
  const param = readToken(error.param);
  const details = { ...(code !== undefined && { code }), ...(param !== undefined && { param }) };
  const request = requestId === undefined ? '' : `, request ${requestId}`;
  // Without an error of Stripe, the response comes from a proxy.
  const isFromStripe = isObject(body?.error);
  if (status === 401 && isFromStripe) {
    return new StripeError(
      'unauthorized',
      `Stripe does not accept the key (status 401${request}). It may be revoked, expired or incomplete. Create a restricted key in the Stripe dashboard, and set FIRSTOFFICER_STRIPE_KEY.`,
      details,
    );
  }
  if (status === 403 && isFromStripe) {
    const permission = /\brak_[a-z_]{1,60}\b/.exec(String(error.message))?.[0];
    const name = permission === undefined ? 'The permission' : `The permission ${getDashboardName(permission)}`;
    return new StripeError(
      'forbidden',
      `The Stripe key may not read ${endpoint} (status 403${request}). ${name} is missing. In the Stripe dashboard, edit the key and set it to Read.`,
      { ...details, ...(permission !== undefined && { permission }) },
    );
  }
  // Another 404 comes from a proxy or a wrong URL. It must not look as if the object had been deleted.
  const isMissing = code === 'resource_missing' || String(error.message).startsWith('No such ');
  if (status === 404 && isMissing)
    return new StripeError('missing', `Stripe has no such object (${endpoint}${request}).`, details);
  const cause = [`status ${status}`, code, param].filter((part) => part !== undefined).join(', ');
  return new StripeError(
    isFromStripe ? 'refused' : 'unavailable',
    `Stripe does not accept the request to ${endpoint} (${cause}${request}). If FIRSTOFFICER_STRIPE_URL is set or requests pass a proxy, check these. Otherwise, update this program.`,
    details,
  );
}

function createUnavailableError(endpoint: string, { reason, requestId }: FailedAttempt): StripeError {
  const request = requestId === undefined ? '' : `, request ${requestId}`;
  return new StripeError(
    'unavailable',
    `Stripe did not answer ${endpoint}, although the request was sent ${MAX_ATTEMPTS} times (${reason}${request}). Try again later: the sync resumes where it stopped.`,
  );
}

/** Returns the path without IDs, such as `/v1/invoices/:id/lines`. Stripe limits the rate of each endpoint. */
export function getEndpoint(path: string): string {
  const [, version, name, id, nested] = path.split('/');
  return [`/${version}/${name}`, ...(id === undefined ? [] : [':id']), ...(nested === undefined ? [] : [nested])].join(
    '/',
  );
}

function formatQuery(params: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'object') for (const element of value) query.append(`${name}[]`, element);
    else query.append(name, String(value));
  }
  return query.size === 0 ? '' : `?${query}`;
}

/** Returns how long to wait before the next attempt: between half of the full time and the full time. */
function getBackOff(backOffMs: number, attempt: number): number {
  const fullMs = Math.min(MAX_BACK_OFF_MS, backOffMs * 2 ** Math.min(attempt - 1, 20));
  return fullMs * (0.5 + Math.random() / 2);
}

async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function describeNetworkError(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = isObject(cause) ? readToken(cause.code) : undefined;
  return code === undefined ? 'the connection failed' : `the connection failed (${code})`;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a short word of a response. Other values may contain what must not be in a log. */
function readToken(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w[\]-]{1,60}$/.test(value) ? value : undefined;
}
