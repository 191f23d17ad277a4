import { type Markup, markup } from '@firstofficer/common/markup';

/** A link to another page. */
export interface PageLink {
  readonly title: string;
  readonly url: string;
}

/**
 * Returns the links at the end of a page to the previous and the next one. Returns undefined if there is neither.
 *
 * @example
 * renderNextLinks(undefined, { title: 'Authentication', url: '/authentication' });
 */
export function renderNextLinks(previous: PageLink | undefined, next: PageLink | undefined): Markup | undefined {
  if (!previous && !next) return undefined;
  return markup`<nav class="next-links" aria-label="Previous and next page">${renderLink('previous', previous)}${renderLink('next', next)}</nav>`;
}

function renderLink(rel: 'previous' | 'next', link: PageLink | undefined): Markup | undefined {
  const label = rel === 'previous' ? 'Previous' : 'Next';
  return (
    link && markup`<a class="${rel}-link" href="${link.url}"><small>${label}</small> <span>${link.title}</span></a>`
  );
}
