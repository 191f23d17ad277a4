/** Replacements in Redoc's bundle. The build fails if a `from` text does not occur in it. */
const EDITS: readonly (readonly [reason: string, from: string, to: string])[] = [
  ['the logo loads from another host', '`https://cdn.redoc.ly/redoc/logo-mini-full.svg`', '`data:,`'],
  ['the small logo loads from another host', '`https://cdn.redoc.ly/redoc/logo-mini.svg`', '`data:,`'],
  ['telemetry is off, but a new version could turn it on', '`https://otel.cloud.redocly.com/v1/traces`', '`data:,`'],
  [
    'the scheme of HTTP Basic is shown as "http"',
    '`HTTP Authorization Scheme`),value:e.type})',
    '`HTTP Authorization Scheme`),value:e.scheme})',
  ],
  ['code colors use style attributes, which a strict policy blocks', TOKEN_STYLE.from, TOKEN_STYLE.to],
  ['it writes a greeting to the console', 'typeof document<`u`&&console.info(', 'false&&console.info('],
];

/**
 * Returns Redoc's bundle without requests to other hosts and without console output.
 *
 * @throws Error if a text is not found, because Redoc has changed. Check what the new version does, and adapt the edit.
 * @example
 * const script = editBundle(await readFile(bundle, 'utf8'));
 */
export function editBundle(bundle: string): string {
  return EDITS.reduce((text, [reason, from, to]) => {
    if (!text.includes(from)) {
      throw new Error(`Redoc's bundle has changed: it does not contain "${from}" (edited because ${reason}).`);
    }
    return text.replaceAll(from, to);
  }, bundle);
}

// Redoc colors code by style attributes. A strict Content-Security-Policy would have to allow each of them by its hash,
// including those that only a click renders. So the build replaces each style with a data attribute, and the style
// sheet has a rule for each color.

/** The code in Redoc's bundle that writes a color, and its replacement. */
export const TOKEN_STYLE = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of Redoc's own source
  from: '` style="color: var(${i})"`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of Redoc's own source
  to: '` data-color="${i}"`',
};

/**
 * Returns the markup with data attributes in place of the color styles.
 *
 * @example
 * withColorAttributes('<i style="color: var(--a)">'); // '<i data-color="--a">'
 */
export function withColorAttributes(html: string): string {
  return html.replace(/ style="color: var\((--code-block-tokens-[a-z-]+)\)"/g, ' data-color="$1"');
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
