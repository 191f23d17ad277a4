/**
 * Options for the `_headers` file.
 *
 * @example
 * const options: StaticHostOptions = { csp: "default-src 'none'; frame-ancestors 'none'", immutable: ['/assets/*'] };
 */
interface StaticHostOptions {
  /** The Content-Security-Policy of the pages. */
  readonly csp: string;
  /** Patterns of paths that contain a hash of the content, such as `/assets/*`. */
  readonly immutable: readonly string[];
}

// Strict-Transport-Security is left out. It applies to the whole host (with `includeSubDomains` also to its subdomains)
// and stays in effect after this site is removed, so the operator of the host must decide about it. The hosts that read
// this file redirect to HTTPS themselves.
const SAFE = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // For browsers that do not know frame-ancestors.
  'X-Frame-Options': 'DENY',
  // The site uses no features that need a permission.
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

// Browsers may cache these files but must revalidate them. The rule cannot apply to all paths: hosts join the values of
// all rules that match a path, so browsers would revalidate immutable files too. Pages without a suffix get the default
// of the hosts, which has the same effect.
const FRESH = { 'Cache-Control': 'no-cache' };

// Hosts differ in the Content-Type of these files: some make browsers download them, some omit the character set.
const KINDS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['/', FRESH],
  ['/*.html', FRESH],
  ['/*.json', FRESH],
  ['/*.xml', FRESH],
  ['/*.md', { ...FRESH, 'Content-Type': 'text/markdown; charset=utf-8' }],
  ['/*.txt', { ...FRESH, 'Content-Type': 'text/plain; charset=utf-8' }],
  // RFC 9512 defines no charset parameter.
  ['/*.yaml', { ...FRESH, 'Content-Type': 'application/yaml' }],
];

const MAX_LINE = 2000;

/**
 * Returns the `_headers` file of a site for Netlify and Cloudflare Pages.
 *
 * @throws Error if the policy or a pattern is invalid in such a file.
 * @example
 * renderHeaders({ csp: "default-src 'none'; frame-ancestors 'none'", immutable: ['/assets/*'] }); // /*\n  Content-…
 */
export function renderHeaders({ csp, immutable }: StaticHostOptions): string {
  if (/[\r\n]/.test(csp)) throw new Error('csp must be one line.');
  for (const pattern of immutable) {
    if (!/^\/\S*$/.test(pattern))
      throw new Error(`immutable: "${pattern}" must begin with a slash and contain no spaces.`);
  }
  const file = [
    block('/*', { 'Content-Security-Policy': withoutFrames(csp), ...SAFE }),
    ...immutable.map((pattern) => block(pattern, { 'Cache-Control': 'public, max-age=31536000, immutable' })),
    ...KINDS.map(([pattern, headers]) => block(pattern, headers)),
  ].join('\n');
  return checkHeaders(file);
}

/**
 * Returns a `_headers` file unchanged if hosts accept all of its lines.
 *
 * @throws Error if its policy is too long.
 * @example
 * checkHeaders('/*\n  X-Frame-Options: DENY\n');
 */
export function checkHeaders(file: string): string {
  if (file.split('\n').some((line) => line.length > MAX_LINE)) {
    throw new Error(`csp is too long: Cloudflare Pages ignores lines of more than ${MAX_LINE} characters.`);
  }
  return file;
}

/** Returns the policy with `frame-ancestors 'none'` unless it already has this directive. */
function withoutFrames(csp: string): string {
  return /(^|;)\s*frame-ancestors\b/i.test(csp) ? csp : `${csp.replace(/;?\s*$/, '')}; frame-ancestors 'none'`;
}

function block(pattern: string, headers: Readonly<Record<string, string>>): string {
  return [pattern, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n');
}
