/**
 * Whether a URL leads to another host than this machine. URLs such as `data:` lead to none.
 *
 * @example
 * isForeign('https://fonts.example.com/a.woff2'); // true
 */
export function isForeign(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1';
}
