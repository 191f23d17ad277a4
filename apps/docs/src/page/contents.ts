import { type Markup, markup } from '@firstofficer/common/markup';
import type { ContentsEntry } from './page.ts';

/**
 * Returns the list of headings beside the page, for wide screens. Returns undefined for fewer than two headings.
 *
 * @example
 * renderContents([{ id: 'amounts', title: 'Amounts', depth: 2 }]);
 */
export function renderContents(contents: readonly ContentsEntry[]): Markup | undefined {
  if (contents.length < 2) return undefined;
  return markup`<aside class="contents"><nav aria-labelledby="contents-title"><strong id="contents-title">On this page</strong>${renderList(contents)}</nav></aside>`;
}

/** Returns the same list as a menu below the title, for screens without a column for it. */
export function renderContentsMenu(contents: readonly ContentsEntry[]): Markup | undefined {
  if (contents.length < 2) return undefined;
  return markup`<details class="contents-menu"><summary>On this page</summary><nav aria-label="On this page">${renderList(contents)}</nav></details>`;
}

function renderList(contents: readonly ContentsEntry[]): Markup {
  const items = contents.map(
    ({ id, title, depth }) => markup`<li class="depth-${depth}"><a href="#${id}">${title}</a></li>`,
  );
  return markup`<ul>${items}</ul>`;
}
