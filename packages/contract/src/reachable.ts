import { whyFailed } from './engine/request-failure.ts';

// A target that does not answer at all within this time is taken to be down.
const DEFAULT_TIMEOUT_MS = 5_000;

/** Says why a target cannot be reached, or returns undefined: any HTTP answer will do. */
export async function whyUnreachable(url: string, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<string | undefined> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return undefined;
  } catch (error) {
    return whyFailed(error, timeoutMs);
  }
}
