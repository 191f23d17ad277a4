/**
 * What the server does instead of a normal response, or before it.
 *
 * - `{ status }`: sends an error response. A 429 has the reason that Stripe sends, if `reason` is set.
 * - `{ cut: 'before' }`: closes the connection without a response.
 * - `{ cut: 'body' }`: closes the connection in the middle of the body.
 * - `{ stall: true }`: sends half of the body and leaves the connection open.
 * - `{ wait }`: sends the normal response when the promise is fulfilled.
 * - `{ body }`: sends this text with status 200, such as the page of a proxy.
 * - `{ repeat: true }`: sends each object of a list twice.
 *
 * @example
 * const fault: Fault = { status: 429, reason: 'endpoint-rate', retryAfter: 2 };
 */
export type Fault =
  | {
      readonly status: number;
      readonly retryAfter?: number;
      readonly reason?: RateLimitReason;
      readonly shouldRetry?: boolean;
    }
  | { readonly cut: 'before' | 'body' }
  | { readonly stall: true }
  | { readonly wait: Promise<unknown> }
  | { readonly body: string }
  | { readonly repeat: true };

/**
 * Which limit a request exceeded: the value of `Stripe-Rate-Limited-Reason`.
 *
 * @example
 * const reason: RateLimitReason = 'global-rate';
 */
export type RateLimitReason =
  | 'global-rate'
  | 'global-concurrency'
  | 'endpoint-rate'
  | 'endpoint-concurrency'
  | 'resource-specific';

/**
 * Which requests have a fault.
 *
 * @example
 * const selection: FaultSelection = { path: '/v1/invoices', after: 3, times: 2 };
 */
export interface FaultSelection {
  /** The path, or a pattern of paths. Default: all. */
  readonly path?: string | RegExp;
  /** How many matching requests have a normal response before. Default: 0. */
  readonly after?: number;
  /** How many requests have the fault. Default: 1. */
  readonly times?: number;
}

/** The faults that are still to come. */
export class Faults {
  #faults: { readonly fault: Fault; readonly path: string | RegExp | undefined; after: number; times: number }[] = [];

  add(fault: Fault, { path, after = 0, times = 1 }: FaultSelection): void {
    this.#faults.push({ fault, path, after, times });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Returns the fault of a request. */
  take(path: string): Fault | undefined {
    let result: Fault | undefined;
    for (const entry of this.#faults) {
      const isMatch =
        entry.path === undefined || (entry.path instanceof RegExp ? entry.path.test(path) : entry.path === path);
      if (!isMatch) continue;
      if (entry.after > 0) entry.after -= 1;
      else if (!result && entry.times > 0) {
        entry.times -= 1;
        result = entry.fault;
      }
    }
    this.#faults = this.#faults.filter(({ times }) => times > 0);
    return result;
  }
}
