import { type Markup, markup } from '@firstofficer/common/markup';
import { type Deprecation, describeDates } from '@firstofficer/openapi';
import { capitalize } from '../words/capitalize.ts';

/** The mark beside the name of something that is deprecated. */
export const DEPRECATED_MARK = markup`<span class="deprecated">deprecated</span>`;

/**
 * Returns the sentences about a deprecation: its dates, and what to use instead.
 *
 * @param replacement - What to use instead, as a link or as a name.
 */
export function renderDeprecation(deprecation: Deprecation, replacement: Markup | undefined): Markup {
  const dates = capitalize(describeDates(deprecation));
  return markup`<p class="deprecation">${dates}.${replacement && markup` Use ${replacement} instead.`}</p>`;
}
