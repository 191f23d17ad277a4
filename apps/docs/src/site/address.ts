/**
 * The address of the site: a URL such as `https://docs.example.com/sub/`, or a path such as `/sub/` if the host is not
 * known.
 *
 * @example
 * parseAddress('https://docs.example.com/v2').base; // '/v2/'
 */
export interface Address {
  /** The base path of the site, with a slash at both ends. */
  readonly base: string;
  /** The URL with a slash at its end. Undefined if the host is not known. */
  readonly url: string | undefined;
  /** The URL of the current version, if this site is an older version. */
  readonly current?: string;
}

/**
 * Parses an address with or without a host, and with or without a slash at its end.
 *
 * @throws Error if the text is neither an `https:` or `http:` URL nor a path that starts with a slash.
 * @example
 * parseAddress('/'); // { base: '/', url: undefined }
 */
export function parseAddress(text: string): Address {
  const isPath = text.startsWith('/') && !text.startsWith('//');
  if (!isPath && !/^https?:\/\//.test(text)) {
    throw new Error(
      `the address of the site is "${text}". Give a URL such as https://docs.example.com/ or a path such as /docs/.`,
    );
  }
  const { origin, pathname } = new URL(text, 'http://localhost');
  const base = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return { base, url: isPath ? undefined : `${origin}${base}` };
}
