/** The address of the site: its URL, or only its base path if the host is not known. */
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
 * parseAddress('https://docs.example.com/v2'); // { base: '/v2/', url: 'https://docs.example.com/v2/' }
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

/** The files that the site has in addition to its pages, relative to its base path. */
export const FILES = {
  yaml: 'openapi.yaml',
  json: 'openapi.json',
  collection: 'postman_collection.json',
  llms: 'llms.txt',
  llmsFull: 'llms-full.txt',
  sitemap: 'sitemap.xml',
  robots: 'robots.txt',
  headers: '_headers',
  offline: 'offline.html',
} as const;

/** A page of the site as Markdown. */
export interface MarkdownPage {
  /** The path below the base path, not percent-encoded, with or without outer slashes. Empty for the front page. */
  readonly path: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  readonly markdown: string;
  /** The heading under which lists of pages show this page. */
  readonly group: string;
}

/** The site that contains the pages. */
export interface Site {
  readonly title: string;
  /** One line. */
  readonly summary: string;
  /** The absolute URL of the front page, or undefined if it is not known. */
  readonly url: string | undefined;
}

/**
 * Returns the path of a page's Markdown file, relative to the site's base path.
 *
 * @example
 * buildMarkdownPath({ path: 'operations/get-pet' }); // 'operations/get-pet.md'
 */
export function buildMarkdownPath({ path }: Pick<MarkdownPage, 'path'>): string {
  return `${path.replace(/^\/+|\/+$/g, '') || 'index'}.md`;
}

/** Returns the URL of a path on the site: absolute if the site's URL is known, else relative to the base path. */
export function resolveUrl({ url }: Pick<Site, 'url'>, path: string): string {
  const relative = path.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/');
  // Without the slash at its end, URL resolution would replace the last segment of a base such as /sub.
  return url === undefined ? relative : new URL(relative, url.endsWith('/') ? url : `${url}/`).href;
}
