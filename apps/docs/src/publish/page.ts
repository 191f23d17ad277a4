/**
 * Where the files are that the site has beside its pages, below its base.
 *
 * @example
 * await writeFile(join(folder, FILES.llms), llmsTxt(pages, site));
 */
export const FILES = {
  yaml: 'openapi.yaml',
  json: 'openapi.json',
  collection: 'postman_collection.json',
  llms: 'llms.txt',
  llmsFull: 'llms-full.txt',
  sitemap: 'sitemap.xml',
  robots: 'robots.txt',
  headers: '_headers',
} as const;

/**
 * A page of the site, as those read it who want no HTML.
 *
 * @example
 * const page: Page = {
 *   path: 'operations/get-pet',
 *   title: 'Retrieve a pet',
 *   description: 'Returns one pet.',
 *   markdown: '# Retrieve a pet\n',
 *   group: 'Pets',
 * };
 */
export interface Page {
  /**
   * Where it is below the site's base, not percent-encoded, as the host serves it: with a slash at its end or without.
   * The front page is at the empty path.
   */
  readonly path: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  readonly markdown: string;
  /** Under which heading lists of pages have it. */
  readonly group: string;
}

/**
 * The site that the pages are on.
 *
 * @example
 * const site: Site = { title: 'Pets', summary: 'All about pets.', url: 'https://docs.example.com/pets/' };
 */
export interface Site {
  readonly title: string;
  /** One line. */
  readonly summary: string;
  /** The absolute address of its front page; undefined where it is not known yet. */
  readonly url: string | undefined;
}

/**
 * The file in which a page's Markdown is, below the site's base.
 *
 * @example
 * markdownPath({ path: 'operations/get-pet' }); // 'operations/get-pet.md'
 */
export function markdownPath({ path }: Pick<Page, 'path'>): string {
  return `${path.replace(/^\/+|\/+$/g, '') || 'index'}.md`;
}

/** Something on the site: absolute if the site's address is known, else relative to its base. */
export function addressOf({ url }: Pick<Site, 'url'>, path: string): string {
  const relative = path.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/');
  // Without the slash, a base such as /sub would be a file, and what is beside it would be meant.
  return url === undefined ? relative : new URL(relative, url.endsWith('/') ? url : `${url}/`).href;
}
