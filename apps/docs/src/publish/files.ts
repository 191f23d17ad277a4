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
