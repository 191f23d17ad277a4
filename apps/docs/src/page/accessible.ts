import { parseHTML } from 'linkedom';
import { improveAccessibility } from '../browser/accessibility.ts';

/** Redoc's markup with what it leaves to be said to a screen reader or a keyboard. */
export function accessibleHtml(html: string): string {
  const { document } = parseHTML(`<!doctype html><html><body><div id="redoc">${html}</div></body></html>`);
  const root = document.querySelector('#redoc');
  improveAccessibility(root);
  return root.innerHTML;
}
