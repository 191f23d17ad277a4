import { type BrowserContext, isForeign, type Request } from '@firstofficer/browser';

/** The requests of a visit. */
export interface Traffic {
  /** Addresses on other hosts than this one. */
  readonly foreign: readonly string[];
  /** Milliseconds for which nothing was requested or awaited. */
  idleFor(): number;
}

/** Follows what the pages of a context request. */
export function follow(context: BrowserContext): Traffic {
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
