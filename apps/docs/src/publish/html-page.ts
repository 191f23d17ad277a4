import { parseHTML } from 'linkedom';
import { marked } from 'marked';
import { improveAccessibility } from '../browser/accessibility.ts';

/** The content of a page. */
export interface HtmlPage {
  readonly title: string;
  readonly siteTitle: string;
  readonly description: string;
  /** The markup that Redoc rendered. */
  readonly body: string;
  /** Whether Redoc hydrates the page in the browser. */
  readonly isLive: boolean;
  /** The HTML for browsers without scripts: the content that Redoc shows only by script. */
  readonly noscript: string;
  /** The canonical URL. Undefined if the host is not known. */
  readonly canonical: string | undefined;
  readonly csp: string;
  /** The URL of this page as Markdown, if it has one. */
  readonly markdown: string | undefined;
  /** The URLs of the files that every page loads. */
  readonly assets: Assets;
  /** Set on a page of an older version: its version and the URL of the current version. */
  readonly outdated: { readonly version: string; readonly current: string } | undefined;
}

/** The URLs of the files that every page loads. */
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
 * Returns the HTML of a page. The page is complete without scripts and loads nothing from other hosts.
 *
 * @example
 * await writeFile('dist/index.html', renderPage(page));
 */
export function renderPage({
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
}: HtmlPage): string {
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

function outdatedHtml({ version, current }: NonNullable<HtmlPage['outdated']>): string {
  const link = `<a href="${escapeHtml(current)}">Go to the current version</a>`;
  return `<aside class="outdated" aria-label="Version">This is version ${escapeHtml(version)}. ${link}</aside>\n`;
}

/**
 * Returns the body of the 404 page, which lists the given pages.
 *
 * @example
 * renderNotFound(pages, { base: '/', colorMode: '' });
 */
export function renderNotFound(
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
 * Returns a page's Markdown as plain HTML. Browsers without scripts show it, because Redoc hides parts of a page until
 * a click.
 *
 * @example
 * renderNoscript(page.markdown);
 */
export function renderNoscript(markdown: string): string {
  const body = marked.parse(markdown.replace(/^# .*\n+/, ''), { async: false });
  return `<section class="plain" aria-label="The page in full"><h2>The page in full</h2>\n${body}</section>`;
}

/**
 * Returns Redoc's markup with accessibility attributes for screen readers and keyboards.
 *
 * @example
 * const body = addAccessibility(reference.render('/'));
 */
export function addAccessibility(html: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  improveAccessibility(document.body);
  return document.body.innerHTML;
}

/**
 * Returns the script in Redoc's markup that sets the color mode before the page is painted. The 404 page needs it too,
 * and Redoc does not render that page.
 *
 * @throws Error if the markup has no such script, because Redoc has changed.
 * @example
 * const script = findColorModeScript(reference.render('/'));
 */
export function findColorModeScript(body: string): string {
  const [script] = /<script>[^<]*colorMode[^<]*<\/script>/.exec(body) ?? [];
  if (script === undefined)
    throw new Error("Redoc's pages have no color mode script. Redoc has changed: adapt findColorModeScript.");
  return script;
}

/**
 * Escapes text for HTML elements and quoted attributes.
 *
 * @example
 * escapeHtml('a < "b"'); // 'a &lt; &quot;b&quot;'
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
