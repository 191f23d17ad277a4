import { Markup, markup } from '@firstofficer/common/markup';
import { marked } from 'marked';

/** The content of a page. */
export interface HtmlPage {
  readonly title: string;
  readonly siteTitle: string;
  readonly description: string;
  /** The markup that Redoc rendered. */
  readonly body: string;
  /** Whether Redoc hydrates the page in the browser. */
  readonly isHydrated: boolean;
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

/** Returns the HTML of a page. The page is complete without scripts and loads nothing from other hosts. */
export function renderPage(page: HtmlPage): string {
  const { title, siteTitle, description, canonical, markdown, assets, outdated } = page;
  const head = [
    markup`<meta charset="utf-8">`,
    markup`<meta http-equiv="Content-Security-Policy" content="${page.csp}">`,
    markup`<title>${title === siteTitle ? title : `${title} – ${siteTitle}`}</title>`,
    markup`<meta name="viewport" content="width=device-width, initial-scale=1">`,
    markup`<meta name="description" content="${description}">`,
    markup`<meta name="color-scheme" content="light dark">`,
    markup`<meta property="og:type" content="article">`,
    markup`<meta property="og:site_name" content="${siteTitle}">`,
    markup`<meta property="og:title" content="${title}">`,
    markup`<meta property="og:description" content="${description}">`,
    canonical && markup`<meta property="og:url" content="${canonical}">`,
    canonical && markup`<link rel="canonical" href="${canonical}">`,
    markup`<link rel="icon" href="${assets.icon}" type="image/svg+xml">`,
    markdown && markup`<link rel="alternate" href="${markdown}" type="text/markdown" title="This page as Markdown">`,
    markup`<link rel="stylesheet" href="${assets.style}">`,
    page.isHydrated
      ? markup`<script type="module" src="${assets.script}" data-redoc="${assets.redoc}" data-reference="${assets.reference}"></script>`
      : undefined,
  ].flatMap((line) => (line ? [line, '\n'] : []));
  const notice =
    outdated &&
    markup`<aside class="outdated" aria-label="Version">This is version ${outdated.version}. <a href="${outdated.current}">Go to the current version</a></aside>
`;
  return markup`<!doctype html>
<html lang="en">
<head>
${head}</head>
<body>
<a class="skip-link" href="#content">Skip to content</a>
${notice}<div id="redoc">${new Markup(page.body)}</div>
<noscript>${new Markup(page.noscript)}</noscript>
</body>
</html>
`.text;
}

/** Returns the body of the 404 page, which lists the given pages. `colorMode` is the script that sets the color mode. */
export function renderNotFound(
  pages: readonly { readonly path: string; readonly title: string }[],
  { base, colorMode }: { readonly base: string; readonly colorMode: string },
): string {
  const items = pages.map(({ path, title }) => markup`<li><a href="${base}${path}">${title}</a></li>\n`);
  return markup`${new Markup(colorMode)}<main id="content" class="plain" tabindex="-1">
<h1>There is no page at this address</h1>
<p>The page may have moved. The site has these pages:</p>
<ul>
${items}</ul>
</main>`.text;
}

/**
 * Returns a page's Markdown as plain HTML. Browsers without scripts show it, because Redoc hides parts of a page until
 * a click.
 */
export function renderNoscript(markdown: string): string {
  const body = marked.parse(markdown.replace(/^# .*\n+/, ''), { async: false });
  return `<section class="plain" aria-label="The page in full"><h2>The page in full</h2>\n${body}</section>`;
}
