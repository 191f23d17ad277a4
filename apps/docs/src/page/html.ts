import { parseHTML } from 'linkedom';
import { marked } from 'marked';
import { improveAccessibility } from '../browser/accessibility.ts';

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

/**
 * What to show at an address that does not exist: every page there is.
 *
 * @example
 * notFoundHtml(pages, { base: '/', colorMode: '' });
 */
export function notFoundHtml(
  pages: readonly { readonly path: string; readonly title: string }[],
  { base, colorMode }: { readonly base: string; readonly colorMode: string },
): string {
  const items = pages.map(({ path, title }) => `<li><a href="${base}${path}">${escapeHtml(title)}</a></li>`);
  return `${colorMode}<main id="content" class="plain" tabindex="-1">
<h1>There is no page at this address</h1>
<p>It may have moved. These are the pages there are:</p>
<ul>
${items.join('\n')}
</ul>
</main>`;
}

/**
 * What Redoc shows only to those who click, for readers without scripts: the whole page as plain HTML.
 *
 * @example
 * noscriptHtml(page.markdown);
 */
export function noscriptHtml(markdown: string): string {
  const body = marked.parse(markdown.replace(/^# .*\n+/, ''), { async: false });
  return `<section class="plain" aria-label="The page in full"><h2>The page in full</h2>\n${body}</section>`;
}

/**
 * Redoc's markup with what it leaves to be said to a screen reader or a keyboard.
 *
 * @example
 * const body = accessibleHtml(reference.render('/'));
 */
export function accessibleHtml(html: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  improveAccessibility(document.body);
  return document.body.innerHTML;
}

/**
 * The script by which Redoc's pages choose light or dark before anything is shown: for the page that Redoc does not
 * render.
 *
 * @throws Error if there is none: then Redoc has changed.
 * @example
 * const script = colorModeScript(reference.render('/'));
 */
export function colorModeScript(body: string): string {
  const [script] = /<script>[^<]*colorMode[^<]*<\/script>/.exec(body) ?? [];
  if (script === undefined) throw new Error("Redoc's pages have no script that chooses the colour mode any more.");
  return script;
}

/**
 * Text as HTML, for elements as for quoted attributes.
 *
 * @example
 * escapeHtml('a < "b"'); // 'a &lt; &quot;b&quot;'
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
