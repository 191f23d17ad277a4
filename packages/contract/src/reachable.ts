import { TIME_LIMIT_MS, whyFailed } from './engine/time-limit.ts';

/** Says why a target cannot be reached, or returns undefined: any HTTP answer will do. */
export async function whyUnreachable(url: string, limitMs = TIME_LIMIT_MS): Promise<string | undefined> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    await response.body?.cancel();
    return undefined;
  } catch (error) {
    return whyFailed(error, limitMs);
  }
}
