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
