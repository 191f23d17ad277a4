import { parseHTML } from 'linkedom';
import { improveAccessibility } from '../browser/accessibility.ts';

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
