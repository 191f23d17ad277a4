/** The rates that a client keeps to. */
export interface Limits {
  /** Requests per second of all endpoints. */
  readonly perSecond: number;
  /** Requests per second of one endpoint. */
  readonly perEndpoint: number;
  /** Requests at the same time. */
  readonly concurrency: number;
}

/** Which rate a request exceeded. */
export interface Excess {
  readonly endpoint: string;
  /** Whether Stripe limited all requests, those of the endpoint, or did not say which. */
  readonly scope: 'total' | 'endpoint' | 'unknown';
  /** When the request was sent, by `performance.now`. */
  readonly sentAt: number;
  /** How long no further request of this scope is sent. */
  readonly waitMs: number;
}

/** Delays requests so that they stay below the limits of Stripe. */
export interface Limiter {
  /**
   * Waits until a request may be sent. Call the returned function when its response was read.
   *
   * @throws The reason of the signal if it is aborted.
   */
  acquire(endpoint: string, signal?: AbortSignal): Promise<() => void>;
  /** Halves the rate after a response with status 429, and pauses. The rate recovers step by step. */
  slowDown(excess: Excess): void;
}

/**
 * What Stripe allows is 100 requests per second with a live key, 25 with a test key, and 25 per endpoint. The client uses
 * 80 %, so that other programs of the company can use the API at the same time.
 */
export const LIMITS = {
  live: { perSecond: 80, perEndpoint: 20, concurrency: 8 },
  test: { perSecond: 20, perEndpoint: 20, concurrency: 8 },
} as const satisfies Record<string, Limits>;

// The share of a second's requests that can be sent at once: 20 requests and a burst of 4 stay below 25 in any second.
const BURST = 0.2;
const RECOVERY_MS = 10_000;
const RECOVERY_FACTOR = 1.1;
const MIN_RATE = 0.5;

interface Waiter {
  readonly bucket: Bucket;
  readonly start: () => void;
}

/**
 * Creates a limiter with a token bucket for all requests and one for each endpoint.
 *
 * @example
 * const limiter = createLimiter(LIMITS.live);
 * const release = await limiter.acquire('/v1/invoices');
 */
export function createLimiter({ perSecond, perEndpoint, concurrency }: Limits): Limiter {
  const total = new Bucket(perSecond);
  const endpoints = new Map<string, Bucket>();
  const waiters = new Set<Waiter>();
  let active = 0;
  let timer: NodeJS.Timeout | undefined;

  const getBucket = (endpoint: string) => {
    const bucket = endpoints.get(endpoint) ?? new Bucket(perEndpoint);
    endpoints.set(endpoint, bucket);
    return bucket;
  };

  /** Starts all requests that may be sent now, oldest first, and sets the timer for the next one. */
  const startNext = () => {
    clearTimeout(timer);
    let nextMs = Number.POSITIVE_INFINITY;
    for (const waiter of waiters) {
      if (active >= concurrency) return; // The end of a request calls this function again.
      const now = performance.now();
      const waitMs = Math.max(total.getWait(now), waiter.bucket.getWait(now));
      if (waitMs > 0) {
        nextMs = Math.min(nextMs, waitMs);
        continue;
      }
      total.take();
      waiter.bucket.take();
      active += 1;
      waiters.delete(waiter);
      waiter.start();
    }
    if (nextMs < Number.POSITIVE_INFINITY) timer = setTimeout(startNext, Math.ceil(nextMs));
  };

  const release = () => {
    active -= 1;
    startNext();
  };

  return {
    acquire: (endpoint, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const abort = () => {
          waiters.delete(waiter);
          startNext();
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          bucket: getBucket(endpoint),
          start: () => {
            signal?.removeEventListener('abort', abort);
            let isReleased = false;
            resolve(() => {
              if (!isReleased) release();
              isReleased = true;
            });
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiters.add(waiter);
        startNext();
      }),
    slowDown: ({ endpoint, scope, ...excess }) => {
      if (scope !== 'endpoint') total.slowDown(excess);
      if (scope !== 'total') getBucket(endpoint).slowDown(excess);
      startNext();
    },
  };
}

/** Gives out a number of tokens per second, and up to a fifth of them at once. */
class Bucket {
  readonly #fullRate: number;
  readonly #capacity: number;
  #rate: number;
  #tokens: number;
  #updatedAt: number;
  #blockedUntil = 0;
  #slowedAt = Number.NEGATIVE_INFINITY;
  #raisedAt = 0;

  constructor(rate: number) {
    this.#fullRate = rate;
    this.#rate = rate;
    this.#capacity = Math.max(1, rate * BURST);
    this.#tokens = this.#capacity;
    this.#updatedAt = performance.now();
  }

  /** Returns the time until there is a token, in milliseconds. */
  getWait(now: number): number {
    this.#refill(now);
    if (now < this.#blockedUntil) return this.#blockedUntil - now;
    // Rounding errors of the clock must not cost a further timer.
    return this.#tokens >= 1 - 1e-6 ? 0 : ((1 - this.#tokens) * 1_000) / this.#rate;
  }

  take(): void {
    this.#tokens -= 1;
  }

  slowDown({ sentAt, waitMs }: { sentAt: number; waitMs: number }): void {
    const now = performance.now();
    this.#refill(now);
    this.#blockedUntil = Math.max(this.#blockedUntil, now + waitMs);
    // Several requests of one burst are refused together. They count once.
    if (sentAt >= this.#slowedAt) this.#rate = Math.max(MIN_RATE, this.#rate / 2);
    this.#slowedAt = now;
    this.#raisedAt = now;
    this.#tokens = 0;
  }

  #refill(now: number): void {
    const elapsedMs = Math.max(0, now - Math.max(this.#updatedAt, Math.min(now, this.#blockedUntil)));
    this.#tokens = Math.min(this.#capacity, this.#tokens + (elapsedMs * this.#rate) / 1_000);
    this.#updatedAt = now;
    const steps = Math.floor((now - this.#raisedAt) / RECOVERY_MS);
    if (this.#rate === this.#fullRate || steps < 1) return;
    this.#rate = Math.min(this.#fullRate, this.#rate * RECOVERY_FACTOR ** steps);
    this.#raisedAt += steps * RECOVERY_MS;
  }
}
