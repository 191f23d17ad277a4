// A target that does not answer at all within this time is taken to be down.
const TIMEOUT_MS = 5_000;

/** Says why a target cannot be reached, or returns undefined: any HTTP answer will do. */
export async function whyUnreachable(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    return undefined;
  } catch (error) {
    const { cause = error } = error as Error;
    const { code, message } = cause as NodeJS.ErrnoException;
    return code ?? message;
  }
}
