/**
 * Checks the URL of a server. Only a server on this machine can receive requests: the page's security policy blocks
 * all others, and a key never leaves the machine.
 *
 * @returns The URL without a slash at its end, or what is wrong.
 * @example
 * checkServerUrl('http://127.0.0.1:4010/'); // { server: 'http://127.0.0.1:4010' }
 */
export function checkServerUrl(text: string): { readonly server: string } | { readonly error: string } {
  const url = URL.parse(text.trim());
  const refuse = (reason: string) => ({
    error: `${reason} Enter http://127.0.0.1 or http://localhost, with the port of the server.`,
  });
  if (!url || !/^https?:$/.test(url.protocol)) return refuse('This is not a URL that begins with http://.');
  if (url.protocol === 'https:') return refuse('This page cannot send requests over https.');
  if (url.hostname === '[::1]') return refuse('This page cannot send requests to an IPv6 address.');
  if (url.hostname !== '127.0.0.1' && url.hostname !== 'localhost') {
    return refuse('This page sends requests only to this machine.');
  }
  if (url.username || url.password) return refuse('The URL contains a user name or a password.');
  if (url.search || url.hash) return refuse('The URL contains a query or a fragment.');
  return { server: (url.origin + url.pathname).replace(/\/+$/, '') };
}
