import { Markup } from '@firstofficer/common/markup';

/** The paths of the icons in a square of 20 by 20. */
const PATHS = {
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'm5 5 10 10M15 5 5 15',
  search: 'm17 17-4.2-4.2M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Z',
  mode: 'M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z',
  copy: 'M7.5 7.5v-3A1.5 1.5 0 0 1 9 3h6.5A1.5 1.5 0 0 1 17 4.5V11a1.5 1.5 0 0 1-1.5 1.5h-3M4.5 7.5H11A1.5 1.5 0 0 1 12.5 9v6.5A1.5 1.5 0 0 1 11 17H4.5A1.5 1.5 0 0 1 3 15.5V9a1.5 1.5 0 0 1 1.5-1.5Z',
  arrow: 'M4 10h12m-5-5 5 5-5 5',
  start: 'm7 5 8 5-8 5V5Z',
  reference: 'M6.5 6 3 10l3.5 4m7-8 3.5 4-3.5 4M11 4.5l-2 11',
  errors:
    'M10 7v4m0 2.5v.1M8.7 3.3 2.4 14.5A1.5 1.5 0 0 0 3.7 16.7h12.6a1.5 1.5 0 0 0 1.3-2.2L11.3 3.3a1.5 1.5 0 0 0-2.6 0Z',
  tests: 'm7 10.2 2.2 2.3L13.5 8M10 2.5l6.5 2.3v4.7c0 3.8-2.7 6.7-6.5 8-3.8-1.3-6.5-4.2-6.5-8V4.8L10 2.5Z',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/**
 * Returns an icon in the color of the text. Screen readers skip it, so the element around it needs a name.
 *
 * @example
 * markup`<button type="button" aria-label="Search">${renderIcon('search')}</button>`;
 */
export function renderIcon(name: IconName): Markup {
  return new Markup(`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`);
}
