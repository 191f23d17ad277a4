import { Markup, markup } from '@firstofficer/common/markup';
import type { Download } from '../publish/downloads.ts';
import { renderIcon } from './icons.ts';
import { type MenuGroup, renderMenu } from './menu.ts';
import type { PageContent } from './page.ts';

/** A page of the site with everything that surrounds its content. */
export interface ShellPage {
  readonly title: string;
  /** One line. */
  readonly description: string;
  /** The URL of the page in the menu. Undefined for the 404 page. */
  readonly url: string | undefined;
  /** The canonical URL. Undefined if the host is not known. */
  readonly canonical: string | undefined;
  /** The URL of this page as Markdown, if it has one. */
  readonly markdown: string | undefined;
  /** The Content-Security-Policy of the page. */
  readonly csp: string;
  readonly content: PageContent;
  readonly site: ShellSite;
}

/** What all pages of a site share. */
export interface ShellSite {
  /** The title of the description. */
  readonly title: string;
  /** The name of the provider. If the title starts with it, the logo shows it on a line of its own. */
  readonly provider?: string | undefined;
  readonly version: string;
  /** The base path. */
  readonly base: string;
  readonly menu: readonly MenuGroup[];
  readonly downloads: readonly Download[];
  readonly assets: ShellAssets;
  /** The version and the URL of the current version, on pages of an older version. */
  readonly outdated: { readonly version: string; readonly current: string } | undefined;
}

/** The URLs of the files that every page refers to. */
interface ShellAssets {
  readonly style: string;
  readonly script: string;
  readonly icon: string;
  /** The records that the search loads when it opens. */
  readonly records: string;
}

/**
 * The only inline script of a page. It applies the stored color mode and language before the page is visible, so that
 * nothing changes its color or place later. The policy of the page contains its hash.
 */
export const INLINE_SCRIPT =
  "{const d=document.documentElement.dataset;d.language='curl';try{for(const k of ['language','mode']){const v=localStorage.getItem(k);if(v)d[k]=v}}catch{}}";

/**
 * Returns the HTML of a page. The page is complete without scripts and loads nothing from other hosts.
 *
 * @example
 * renderPage({ title: 'Get started', url: '/get-started/', content: renderGuide(guide), …, site });
 */
export function renderPage(page: ShellPage): string {
  const { content, site } = page;
  return markup`<!doctype html>
<html lang="en">
<head>
${renderHead(page)}</head>
<body>
<a class="skip-link" href="#content">Skip to content</a>
${renderNotice(site)}${renderSide(page)}<div class="page page-${content.layout}">
${renderPageHead(page)}<main id="content" class="${content.layout}" tabindex="-1">
${content.main}
</main>
${renderFooter(site)}</div>
<p class="toast" role="status"></p>
</body>
</html>
`.text;
}

function renderHead({ title, description, canonical, markdown, csp, site }: ShellPage): Markup[] {
  const { assets } = site;
  return [
    markup`<meta charset="utf-8">`,
    markup`<meta http-equiv="Content-Security-Policy" content="${csp}">`,
    markup`<title>${title === site.title ? title : `${title} – ${site.title}`}</title>`,
    markup`<meta name="viewport" content="width=device-width, initial-scale=1">`,
    markup`<meta name="description" content="${description}">`,
    markup`<meta name="color-scheme" content="light dark">`,
    markup`<meta property="og:type" content="article">`,
    markup`<meta property="og:site_name" content="${site.title}">`,
    markup`<meta property="og:title" content="${title}">`,
    markup`<meta property="og:description" content="${description}">`,
    canonical && markup`<meta property="og:url" content="${canonical}">`,
    canonical && markup`<link rel="canonical" href="${canonical}">`,
    markup`<link rel="icon" href="${assets.icon}" type="image/svg+xml">`,
    markdown && markup`<link rel="alternate" href="${markdown}" type="text/markdown" title="This page as Markdown">`,
    markup`<script>${new Markup(INLINE_SCRIPT)}</script>`,
    markup`<link rel="stylesheet" href="${assets.style}">`,
    markup`<script type="module" src="${assets.script}"></script>`,
  ].flatMap((line) => (line ? [markup`${line}\n`] : []));
}

function renderNotice({ outdated }: ShellSite): Markup | undefined {
  return (
    outdated &&
    markup`<aside class="outdated" aria-label="Version">This is version ${outdated.version}. <a href="${outdated.current}">Go to the current version</a></aside>
`
  );
}

/**
 * Returns the bar and the menu. On wide screens they are a column beside the page. On phones the bar is at the top, and
 * its button opens the menu as a popover, which needs no script.
 */
function renderSide({ url, site }: ShellPage): Markup {
  return markup`<div class="side">
<header class="bar">
<button type="button" class="icon-button menu-button" popovertarget="menu" aria-label="Menu">${renderIcon('menu')}</button>
<a class="logo" href="${site.base}"><img src="${site.assets.icon}" width="28" height="28" alt=""><span class="wordmark">${renderWordmark(site)}</span></a>
<button type="button" class="search-button" data-search data-records="${site.assets.records}">${renderIcon('search')}<span>Search</span><kbd aria-hidden="true">Ctrl K</kbd></button>
<button type="button" class="icon-button mode-button" data-mode-switch aria-label="Dark mode" aria-pressed="false">${renderIcon('mode')}</button>
</header>
<nav class="menu" id="menu" popover aria-label="Documentation">
<button type="button" class="icon-button menu-close" popovertarget="menu" popovertargetaction="hide" aria-label="Close the menu">${renderIcon('close')}</button>
${renderMenu(site.menu, url)}</nav>
</div>
`;
}

function renderWordmark({ title, provider }: ShellSite): Markup {
  const product = provider && title.startsWith(`${provider} `) ? title.slice(provider.length + 1) : '';
  return product ? markup`<b>${provider}</b> <small>${product}</small>` : markup`<b>${title}</b>`;
}

/** Returns the row above the content: the group of the page in the menu, and what a reader can do with the page. */
function renderPageHead({ url, markdown, site }: ShellPage): Markup {
  const group = site.menu.find(({ pages }) => pages.some((page) => page.url === url));
  const actions =
    markdown &&
    markup`<button type="button" class="text-button" data-copy-page="${markdown}">${renderIcon('copy')}Copy page<span>as Markdown</span></button> <a class="text-button" href="${markdown}">View Markdown</a>`;
  return markup`<section class="page-head" aria-label="This page"><span class="label">${group?.title ?? `Version ${site.version}`}</span>${actions}</section>
`;
}

function renderFooter({ title, version, downloads }: ShellSite): Markup {
  const links = downloads.map((download) => markup`<li><a href="${download.url}">${download.title}</a></li>`);
  const list = links.length > 0 ? markup`<nav aria-label="Downloads"><ul>${links}</ul></nav>` : undefined;
  return markup`<footer class="footer"><p>${title} ${version}</p>
${list}</footer>
`;
}
