/** Whether a header is well-formed. */
export function isHeader(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Whether a browser lets pages send a header to a server. It leaves out those that it sets itself.
 *
 * @example
 * canSendHeader('Cookie'); // false
 */
export function canSendHeader(name: string): boolean {
  return isHeader(name, '') && new Request('http://localhost', { headers: [[name, '']] }).headers.has(name);
}
