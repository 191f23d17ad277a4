import { FILES } from '../address.ts';

/** A file of the site that readers can download. */
export interface Download {
  readonly title: string;
  readonly url: string;
  /** What the file is for, in the words that readers search for. */
  readonly description: string;
}

const OPENAPI = 'The specification of the API (Swagger is its old name), to import into tools and generators.';

/**
 * Returns the files that readers can download.
 *
 * @example
 * listDownloads('/docs/')[0]?.url; // '/docs/openapi.yaml'
 */
export function listDownloads(base: string): Download[] {
  const files = [
    { file: FILES.yaml, title: 'OpenAPI (YAML)', description: OPENAPI },
    { file: FILES.json, title: 'OpenAPI (JSON)', description: OPENAPI },
    {
      file: FILES.collection,
      title: 'Postman collection',
      description: 'All requests with their examples, to import into Postman, Bruno or Insomnia.',
    },
    {
      file: FILES.llms,
      title: 'llms.txt',
      description: 'Links to all pages as Markdown, for language models and AI assistants.',
    },
    {
      file: FILES.offline,
      title: 'These docs in one file',
      description: 'All pages in one HTML file, for reading offline.',
    },
  ];
  return files.map(({ file, ...download }) => ({ ...download, url: base + file }));
}
