/** Says in a few words why a request made with a time limit got no response, such as `ECONNREFUSED`. */
export function whyFailed(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `nothing within ${timeoutMs / 1000} s`;
  // The reason of a failed fetch is its cause; the address of a system error would only repeat the URL.
  const reason = cause as NodeJS.ErrnoException | undefined;
  return reason?.code ?? reason?.message ?? message;
}
