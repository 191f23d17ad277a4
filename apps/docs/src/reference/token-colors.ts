// Redoc colours its code by style attributes. A strict policy would have to allow each by its hash, also those of pages
// and samples that only a click shows: so the colour becomes an attribute that a rule of the style sheet reads.

/** The bundle's piece of text that writes a style, and the one that stands for it. */
export const TOKEN_STYLE = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of Redoc's own source
  from: '` style="color: var(${i})"`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of Redoc's own source
  to: '` data-color="${i}"`',
};

/**
 * The same markup with its colours as attributes.
 *
 * @example
 * withColorAttributes('<i style="color: var(--a)">'); // '<i data-color="--a">'
 */
export function withColorAttributes(html: string): string {
  return html.replace(/ style="color: var\((--code-block-tokens-[a-z-]+)\)"/g, ' data-color="$1"');
}

/**
 * A rule for each colour of code that a style sheet defines.
 *
 * @example
 * colorRules(':root{--code-block-tokens-comment-color:grey}');
 */
export function colorRules(css: string): string {
  const names = new Set([...css.matchAll(/--code-block-tokens-[a-z-]+-color(?=:)/g)].map(([name]) => name));
  return [...names].map((name) => `[data-color="${name}"]{color:var(${name})}`).join('\n');
}
