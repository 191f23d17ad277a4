/**
 * Returns whether a URL leads to a host other than 127.0.0.1. URLs such as `data:` have no host.
 *
 * @example
 * isForeign('https://fonts.example.com/a.woff2'); // true
 */
export function isForeign(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1';
}
