import type { RateLimitReason } from './faults.ts';

/** The requests that the server accepts per second, in all and per endpoint. Default: no limit. */
export interface RateLimits {
  readonly total?: number;
  readonly perEndpoint?: number;
}

/** Counts the requests of the last second. */
export class RateLimit {
  readonly #limits: RateLimits | undefined;
  readonly #arrivals = new Map<string, number[]>();

  constructor(limits: RateLimits | undefined) {
    this.#limits = limits;
  }

  /** Counts a request. Returns the limit that it exceeds. */
  count(path: string): RateLimitReason | undefined {
    if (!this.#limits) return undefined;
    const [, version, name, id, nested] = path.split('/');
    const endpoint = `/${version}/${name}${id === undefined ? '' : '/:id'}${nested === undefined ? '' : `/${nested}`}`;
    const total = this.#countArrival('total', this.#limits.total);
    const own = this.#countArrival(endpoint, this.#limits.perEndpoint);
    if (!total) return 'global-rate';
    return own ? undefined : 'endpoint-rate';
  }

  /** Counts a request in the last second. Returns whether the limit allows it. */
  #countArrival(name: string, limit = Number.POSITIVE_INFINITY): boolean {
    const now = performance.now();
    const recent = (this.#arrivals.get(name) ?? []).filter((at) => at > now - 1_000);
    this.#arrivals.set(name, recent);
    if (recent.length >= limit) return false;
    recent.push(now);
    return true;
  }
}
