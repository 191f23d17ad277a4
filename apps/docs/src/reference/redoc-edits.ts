import { parseHTML } from 'linkedom';
import { improveAccessibility } from '../browser/accessibility.ts';

// The build edits what Redoc produces: its bundle for the browser, and the markup of the pages that it renders.

/** Replacements in Redoc's bundle. The build fails if a `from` text does not occur in it. */
const BUNDLE_EDITS: readonly { readonly reason: string; readonly from: string; readonly to: string }[] = [
  {
    reason: 'the logo loads from another host',
    from: '`https://cdn.redoc.ly/redoc/logo-mini-full.svg`',
    to: '`data:,`',
  },
  {
    reason: 'the small logo loads from another host',
    from: '`https://cdn.redoc.ly/redoc/logo-mini.svg`',
    to: '`data:,`',
  },
  {
    reason: 'telemetry is off, but a new version could turn it on',
    from: '`https://otel.cloud.redocly.com/v1/traces`',
    to: '`data:,`',
  },
  {
    reason: 'the scheme of HTTP Basic is shown as "http"',
    from: '`HTTP Authorization Scheme`),value:e.type})',
    to: '`HTTP Authorization Scheme`),value:e.scheme})',
  },
  {
    reason: 'code colors use style attributes, which a strict policy blocks',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of Redoc's own source
    from: '` style="color: var(${i})"`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of Redoc's own source
    to: '` data-color="${i}"`',
  },
  {
    reason: 'it writes a greeting to the console',
    from: 'typeof document<`u`&&console.info(',
    to: 'false&&console.info(',
  },
];

/**
 * Returns Redoc's bundle without requests to other hosts and without console output.
 *
 * @throws Error if a text is not found, because Redoc has changed. Check what the new version does, and adapt the edit.
 */
export function editBundle(bundle: string): string {
  return BUNDLE_EDITS.reduce((text, { reason, from, to }) => {
    if (!text.includes(from)) {
      throw new Error(`Redoc's bundle has changed: it does not contain "${from}" (edited because ${reason}).`);
    }
    return text.replaceAll(from, to);
  }, bundle);
}

/**
 * Returns the markup of a page with data attributes in place of the styles that color code, and with accessibility
 * attributes for screen readers and keyboards.
 *
 * A strict Content-Security-Policy would have to allow each color style by its hash, also those that appear only after
 * a click. The rules of `buildColorRules` replace the styles.
 */
export function editMarkup(html: string): string {
  const colored = html.replace(/ style="color: var\((--code-block-tokens-[a-z-]+)\)"/g, ' data-color="$1"');
  const { document } = parseHTML(`<!doctype html><html><body>${colored}</body></html>`);
  improveAccessibility(document.body);
  return document.body.innerHTML;
}

/**
 * Returns a CSS rule for each code color that a style sheet defines.
 *
 * @example
 * buildColorRules(':root{--code-block-tokens-comment-color:grey}');
 */
export function buildColorRules(css: string): string {
  const names = new Set([...css.matchAll(/--code-block-tokens-[a-z-]+-color(?=:)/g)].map(([name]) => name));
  return [...names].map((name) => `[data-color="${name}"]{color:var(${name})}`).join('\n');
}

/**
 * Returns the script in Redoc's markup that sets the color mode before the page is painted. The 404 page needs it too,
 * and Redoc does not render that page.
 *
 * @throws Error if the markup has no such script, because Redoc has changed.
 */
export function findColorModeScript(body: string): string {
  const [script] = /<script>[^<]*colorMode[^<]*<\/script>/.exec(body) ?? [];
  if (script === undefined) {
    throw new Error("Redoc's pages have no color mode script. Redoc has changed: adapt findColorModeScript.");
  }
  return script;
}
