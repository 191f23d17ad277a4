import { type Markup, markup } from '@firstofficer/common/markup';
import { DEPRECATED_MARK } from '../reference/deprecation.ts';
import { SCHEMAS } from '../reference/description.ts';
import type { Route } from '../reference/redoc.ts';

/** A page in the menu. */
export interface MenuPage {
  readonly title: string;
  readonly url: string;
  /** The HTTP method, if the page describes an operation. */
  readonly method?: string | undefined;
  readonly isDeprecated?: boolean;
}

/** Pages under one heading of the menu. */
export interface MenuGroup {
  readonly title: string;
  readonly pages: readonly MenuPage[];
  /** Whether the group is closed unless it contains the current page. */
  readonly isCollapsed: boolean;
}

/**
 * Returns the menu of a site. The schemas are a collapsed group, because a description can have many. The front page is
 * not in the menu: the logo links to it.
 *
 * @example
 * buildMenu(routes, (path) => `/docs/${path}/`).map(({ title }) => title); // ['Guides', 'Reference', 'Schemas']
 */
export function buildMenu(routes: readonly Route[], toUrl: (path: string) => string): MenuGroup[] {
  const groups = new Map<string, MenuPage[]>();
  for (const { path, title, kind, key, group, deprecation } of routes) {
    if (kind === 'introduction') continue;
    const name = isSchema({ kind, key }) ? SCHEMAS : group;
    const method = kind === 'operation' ? key.split(' ', 1)[0]?.toUpperCase() : undefined;
    groups.set(name, [
      ...(groups.get(name) ?? []),
      { title, url: toUrl(path), method, ...(deprecation && { isDeprecated: true }) },
    ]);
  }
  return [...groups].map(([title, pages]) => ({ title, pages, isCollapsed: title === SCHEMAS }));
}

function isSchema({ kind, key }: Pick<Route, 'kind' | 'key'>): boolean {
  return kind === 'schema' || (kind === 'tag' && key === SCHEMAS);
}

/**
 * Returns the groups of the menu as lists of links.
 *
 * @param current - The URL of the page that contains the menu.
 * @example
 * renderMenu([{ title: 'Guides', pages: [{ title: 'Get started', url: '/get-started/' }], isCollapsed: false }], '/');
 */
export function renderMenu(menu: readonly MenuGroup[], current: string | undefined): Markup[] {
  return menu.map(({ title, pages, isCollapsed }, index) => {
    if (!isCollapsed) {
      const id = `menu-${index + 1}`;
      return markup`<p class="label" id="${id}">${title}</p>
<ul aria-labelledby="${id}">${renderLinks(pages, current)}</ul>
`;
    }
    // The page of the group itself is called as the group is.
    const links = pages.map((page) => (page.title === title ? { ...page, title: 'Overview' } : page));
    const open = pages.some(({ url }) => url === current) ? markup` open` : undefined;
    return markup`<details${open}><summary class="label">${title}</summary>
<ul>${renderLinks(links, current)}</ul></details>
`;
  });
}

function renderLinks(pages: readonly MenuPage[], current: string | undefined): Markup[] {
  return pages.map(({ title, url, method, isDeprecated }) => {
    const state = url === current ? markup` aria-current="page"` : undefined;
    const tag = method && markup` <span class="method">${method}</span>`;
    return markup`<li><a href="${url}"${state}><span>${breakName(title)}${isDeprecated ? markup` ${DEPRECATED_MARK}` : undefined}</span>${tag}</a></li>`;
  });
}

/**
 * Returns a name that may break only before its inner capitals.
 *
 * @example
 * breakName('ErrorResponse').text; // 'Error<wbr>Response'
 */
export function breakName(name: string): Markup {
  const [first = '', ...rest] = name.split(/(?<=[\p{Ll}\d])(?=\p{Lu})/u);
  return markup`${first}${rest.map((part) => markup`<wbr>${part}`)}`;
}
