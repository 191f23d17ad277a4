/**
 * What a static host must know of a site.
 *
 * @example
 * const options: StaticHostOptions = { csp: "default-src 'none'; frame-ancestors 'none'", immutable: ['/assets/*'] };
 */
interface StaticHostOptions {
  /** The Content-Security-Policy of the pages. */
  readonly csp: string;
  /** Patterns of the paths whose names change with their content, such as `/assets/*`. */
  readonly immutable: readonly string[];
}

// Kept out: Strict-Transport-Security. It binds a host, and with `includeSubDomains` those below it, for as long as it
// says, beyond this site and beyond its removal. That is for whoever runs the host to decide. The hosts that read this
// file send all traffic to HTTPS by themselves.
const SAFE = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // For browsers that do not know frame-ancestors.
  'X-Frame-Options': 'DENY',
  // The site asks a browser for nothing but to show it.
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

// Kept, but asked for each time whether it still holds. There is no such rule for all paths: the values of every rule
// that fits a path are joined, and what is immutable would be asked for, too. Pages whose addresses end in no suffix get
// what the hosts send by themselves, which is to the same effect.
const FRESH = { 'Cache-Control': 'no-cache' };

// What hosts send as the type of these differs: some make browsers download them, some leave the character set open.
const KINDS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['/', FRESH],
  ['/*.html', FRESH],
  ['/*.json', FRESH],
  ['/*.xml', FRESH],
  ['/*.md', { ...FRESH, 'Content-Type': 'text/markdown; charset=utf-8' }],
  ['/*.txt', { ...FRESH, 'Content-Type': 'text/plain; charset=utf-8' }],
  // RFC 9512 has no parameter for the character set.
  ['/*.yaml', { ...FRESH, 'Content-Type': 'application/yaml' }],
];

const MAX_LINE = 2000;

/**
 * A `_headers` file for a site, as Netlify and Cloudflare Pages read it.
 *
 * @throws Error if the policy or a pattern cannot stand in such a file.
 * @example
 * headersFile({ csp: "default-src 'none'; frame-ancestors 'none'", immutable: ['/assets/*'] }); // /*\n  Content-…
 */
export function headersFile({ csp, immutable }: StaticHostOptions): string {
  if (/[\r\n]/.test(csp)) throw new Error('csp must be one line.');
  for (const pattern of immutable) {
    if (!/^\/\S*$/.test(pattern)) throw new Error(`immutable: "${pattern}" must begin with a slash and hold no space.`);
  }
  const file = [
    block('/*', { 'Content-Security-Policy': withoutFrames(csp), ...SAFE }),
    ...immutable.map((pattern) => block(pattern, { 'Cache-Control': 'public, max-age=31536000, immutable' })),
    ...KINDS.map(([pattern, headers]) => block(pattern, headers)),
  ].join('\n');
  return checkedHeaders(file);
}

/**
 * The file as it is, if hosts read all of it.
 *
 * @throws Error if its policy is too long.
 * @example
 * checkedHeaders('/*\n  X-Frame-Options: DENY\n');
 */
export function checkedHeaders(file: string): string {
  if (file.split('\n').some((line) => line.length > MAX_LINE)) {
    throw new Error(`csp is too long: Cloudflare Pages passes over lines of more than ${MAX_LINE} characters.`);
  }
  return file;
}

/** No other site has a reason to show this one in a frame, whatever else the policy says. */
function withoutFrames(csp: string): string {
  return /(^|;)\s*frame-ancestors\b/i.test(csp) ? csp : `${csp.replace(/;?\s*$/, '')}; frame-ancestors 'none'`;
}

function block(pattern: string, headers: Readonly<Record<string, string>>): string {
  return [pattern, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n');
}
