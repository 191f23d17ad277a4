import { LRUCache } from 'lru-cache';
import type { Prism } from './prism.ts';

/** How many characters of requests are remembered: a few thousand requests of the usual length. */
export const MEMORY = 1_000_000;

/**
 * Remembers of recent requests whether they were faultless: validation is most of what Prism does for a request, and
 * clients repeat themselves.
 *
 * Two requests are the same if Prism sees no difference. Those that may have a body are judged each time.
 */
export function rememberVerdicts(judge: Prism['isFaultless']): Prism['isFaultless'] {
  const verdicts = new LRUCache<string, boolean>({ maxSize: MEMORY, sizeCalculation: (_, key) => key.length });
  return async (operation, request) => {
    if (operation.requestBody) return judge(operation, request);
    const { path, query, headers } = request;
    const key = JSON.stringify([operation.method, operation.path, path, query, headers]);
    const verdict = verdicts.get(key) ?? (await judge(operation, request));
    verdicts.set(key, verdict);
    return verdict;
  };
}
