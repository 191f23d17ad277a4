import { TOKEN_STYLE } from './token-colors.ts';

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
