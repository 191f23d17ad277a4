import { type BrowserContext, isForeign, type Request } from '@firstofficer/browser';

/** The network traffic of a visit. */
export interface Traffic {
  /** The requested URLs on other hosts. */
  readonly foreign: readonly string[];
  /** Returns the time without pending requests, in milliseconds. */
  idleFor(): number;
}

/** Records the requests of all pages in a context. */
export function trackTraffic(context: BrowserContext): Traffic {
  const foreign: string[] = [];
  const pending = new Set<Request>();
  let last = performance.now();
  const end = (request: Request) => {
    pending.delete(request);
    last = performance.now();
  };
  context
    .on('request', (request) => {
      pending.add(request);
      if (isForeign(request.url())) foreign.push(request.url());
    })
    .on('requestfinished', end)
    .on('requestfailed', end);
  return { foreign, idleFor: () => (pending.size > 0 ? 0 : performance.now() - last) };
}
