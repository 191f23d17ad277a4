import { escapeHtml } from './escape.ts';

/** What a page is made of. */
export interface Page {
  readonly title: string;
  readonly siteTitle: string;
  readonly description: string;
  /** Redoc's markup. */
  readonly body: string;
  /** Whether Redoc takes the page over in the browser. */
  readonly isLive: boolean;
  /** What Redoc shows only by script, for those who have none. */
  readonly noscript: string;
  /** The absolute address, for search engines; undefined while the host is not known. */
  readonly canonical: string | undefined;
  readonly csp: string;
  /** The address of this page as Markdown, if it has one. */
  readonly markdown: string | undefined;
  /** Where the files are that every page needs. */
  readonly assets: Assets;
  /** Of an older version: which one, and where the current one is. */
  readonly outdated: { readonly version: string; readonly current: string } | undefined;
}

/** The addresses of the files that every page needs. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  /** Redoc's bundle. */
  readonly redoc: string;
  /** The description and Redoc's options. */
  readonly reference: string;
  readonly icon: string;
}

/**
 * A whole page: complete before any script runs, and without anything from elsewhere.
 *
 * @example
 * await writeFile('dist/index.html', pageHtml(page));
 */
export function pageHtml({
  title,
  siteTitle,
  description,
  body,
  isLive,
  noscript,
  canonical,
  csp,
  markdown,
  assets,
  outdated,
}: Page): string {
  const heading = title === siteTitle ? title : `${title} – ${siteTitle}`;
  const meta = (name: string, content: string) => `<meta ${name} content="${escapeHtml(content)}">`;
  const head = [
    '<meta charset="utf-8">',
    meta('http-equiv="Content-Security-Policy"', csp),
    `<title>${escapeHtml(heading)}</title>`,
    meta('name="viewport"', 'width=device-width, initial-scale=1'),
    meta('name="description"', description),
    meta('name="color-scheme"', 'light dark'),
    meta('property="og:type"', 'article'),
    meta('property="og:site_name"', siteTitle),
    meta('property="og:title"', title),
    meta('property="og:description"', description),
    ...(canonical
      ? [meta('property="og:url"', canonical), `<link rel="canonical" href="${escapeHtml(canonical)}">`]
      : []),
    `<link rel="icon" href="${assets.icon}" type="image/svg+xml">`,
    ...(markdown
      ? [`<link rel="alternate" href="${markdown}" type="text/markdown" title="This page as Markdown">`]
      : []),
    `<link rel="stylesheet" href="${assets.style}">`,
    ...(isLive
      ? [
          `<script type="module" src="${assets.script}" data-redoc="${assets.redoc}" data-reference="${assets.reference}"></script>`,
        ]
      : []),
  ];
  return `<!doctype html>
<html lang="en">
<head>
${head.join('\n')}
</head>
<body>
<a class="skip-link" href="#content">Skip to content</a>
${outdated ? outdatedHtml(outdated) : ''}<div id="redoc">${body}</div>
<noscript>${noscript}</noscript>
</body>
</html>
`;
}

function outdatedHtml({ version, current }: NonNullable<Page['outdated']>): string {
  const link = `<a href="${escapeHtml(current)}">Go to the current version</a>`;
  return `<aside class="outdated" aria-label="Version">This is version ${escapeHtml(version)}. ${link}</aside>\n`;
}
