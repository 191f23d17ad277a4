/**
 * Where the site will be: `https://docs.example.com/sub/`, or a path such as `/sub/` while the host is not known.
 *
 * @example
 * addressOf('https://docs.example.com/v2').base; // '/v2/'
 */
export interface Address {
  /** The path below which everything lies, with a slash at either end. */
  readonly base: string;
  /** The whole address with a slash at its end; undefined while the host is not known. */
  readonly url: string | undefined;
  /** Where the current version of the site is, if this is an older one. */
  readonly current?: string;
}

/**
 * Reads an address as a person writes it: with or without a host, with or without a slash at its end.
 *
 * @throws Error if it is neither an `https:` or `http:` URL nor a path that starts with a slash.
 * @example
 * addressOf('/'); // { base: '/', url: undefined }
 */
export function addressOf(text: string): Address {
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
