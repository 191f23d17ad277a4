/** How long a request may take: long enough for a slow API, short enough to tell that one hangs. */
export const TIME_LIMIT_MS = 10_000;

/** Says in a few words why a request made with a time limit got no response, such as `ECONNREFUSED`. */
export function whyFailed(error: unknown, limitMs: number): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `nothing within ${limitMs / 1000} s`;
  // The reason of a failed fetch is its cause; the address of a system error would only repeat the URL.
  const reason = cause as NodeJS.ErrnoException | undefined;
  return reason?.code ?? reason?.message ?? message;
}
