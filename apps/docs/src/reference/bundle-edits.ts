import { TOKEN_STYLE } from './token-colors.ts';

/** What Redoc's bundle would do that this site does not want: each text occurs, or the build fails. */
const EDITS: readonly (readonly [what: string, from: string, to: string])[] = [
  ['its logo comes from elsewhere, and is an ornament', '`https://cdn.redoc.ly/redoc/logo-mini-full.svg`', '`data:,`'],
  ['the small logo as well', '`https://cdn.redoc.ly/redoc/logo-mini.svg`', '`data:,`'],
  ['telemetry, which is off, could be on for one version', '`https://otel.cloud.redocly.com/v1/traces`', '`data:,`'],
  [
    'it calls the scheme of HTTP Basic "http"',
    '`HTTP Authorization Scheme`),value:e.type})',
    '`HTTP Authorization Scheme`),value:e.scheme})',
  ],
  ['it colours code by styles that a strict policy refuses', TOKEN_STYLE.from, TOKEN_STYLE.to],
  ['it greets in the console', 'typeof document<`u`&&console.info(', 'false&&console.info('],
];

/**
 * Redoc's bundle without what it would fetch from elsewhere or say in the console.
 *
 * @throws Error if a text is not found: then Redoc has changed, and what it does is to be looked at again.
 * @example
 * const script = editBundle(await readFile(bundle, 'utf8'));
 */
export function editBundle(bundle: string): string {
  return EDITS.reduce((text, [what, from, to]) => {
    if (!text.includes(from)) throw new Error(`Redoc's bundle has changed (${what}): "${from}" is not in it.`);
    return text.replaceAll(from, to);
  }, bundle);
}
