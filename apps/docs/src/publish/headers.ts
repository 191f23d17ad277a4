import { createHash } from 'node:crypto';

/** Options for the `_headers` file. */
interface HeadersOptions {
  /** The Content-Security-Policy of the pages. */
  readonly csp: string;
  /** Patterns of paths that contain a hash of the content, such as `/assets/*`. */
  readonly immutable: readonly string[];
}

// Strict-Transport-Security is left out. It applies to the whole host (with `includeSubDomains` also to its subdomains)
// and stays in effect after this site is removed, so the operator of the host must decide about it. The hosts that read
// this file redirect to HTTPS themselves.
const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // For browsers that do not support frame-ancestors.
  'X-Frame-Options': 'DENY',
  // The site uses no features that need a permission.
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

// Browsers may cache these files but must revalidate them. The rule cannot apply to all paths: hosts join the values of
// all rules that match a path, so browsers would revalidate immutable files too. Pages without a suffix get the default
// of the hosts, which has the same effect.
const REVALIDATE = { 'Cache-Control': 'no-cache' };

// Hosts differ in the Content-Type of these files: some make browsers download them, some omit the character set.
const FILE_HEADERS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['/', REVALIDATE],
  ['/*.html', REVALIDATE],
  ['/*.json', REVALIDATE],
  ['/*.xml', REVALIDATE],
  ['/*.md', { ...REVALIDATE, 'Content-Type': 'text/markdown; charset=utf-8' }],
  ['/*.txt', { ...REVALIDATE, 'Content-Type': 'text/plain; charset=utf-8' }],
  // RFC 9512 defines no charset parameter.
  ['/*.yaml', { ...REVALIDATE, 'Content-Type': 'application/yaml' }],
];

const MAX_LINE_LENGTH = 2000;

/**
 * Returns the `_headers` file of a site for Netlify and Cloudflare Pages.
 *
 * @throws Error if the policy or a pattern is invalid in such a file.
 * @example
 * renderHeaders({ csp: "default-src 'none'; frame-ancestors 'none'", immutable: ['/assets/*'] }); // /*\n  Content-…
 */
export function renderHeaders({ csp, immutable }: HeadersOptions): string {
  if (/[\r\n]/.test(csp)) throw new Error('csp must be one line.');
  for (const pattern of immutable) {
    if (!/^\/\S*$/.test(pattern))
      throw new Error(`immutable: "${pattern}" must begin with a slash and contain no spaces.`);
  }
  return checkHeaders(
    [
      formatRule('/*', { 'Content-Security-Policy': forbidFrames(csp), ...SECURITY_HEADERS }),
      ...immutable.map((pattern) => formatRule(pattern, { 'Cache-Control': 'public, max-age=31536000, immutable' })),
      ...FILE_HEADERS.map(([pattern, headers]) => formatRule(pattern, headers)),
    ].join('\n'),
  );
}

/**
 * Returns a `_headers` file unchanged if hosts accept all of its lines.
 *
 * @throws Error if its policy is too long.
 */
function checkHeaders(file: string): string {
  if (file.split('\n').some((line) => line.length > MAX_LINE_LENGTH)) {
    throw new Error(`csp is too long: Cloudflare Pages ignores lines of more than ${MAX_LINE_LENGTH} characters.`);
  }
  return file;
}

/** Returns the policy with `frame-ancestors 'none'` unless it already has this directive. */
function forbidFrames(csp: string): string {
  return /(^|;)\s*frame-ancestors\b/i.test(csp) ? csp : `${csp.replace(/;?\s*$/, '')}; frame-ancestors 'none'`;
}

function formatRule(pattern: string, headers: Readonly<Record<string, string>>): string {
  return [pattern, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n');
}

/** What a policy allows in addition to the files of the site. */
export interface PolicyOptions {
  /** The texts of inline scripts. */
  readonly scripts?: readonly string[];
  /** The texts of inline style sheets. */
  readonly styles?: readonly string[];
  /** The servers that scripts may send requests to, as sources of `connect-src`. */
  readonly servers?: readonly string[];
}

/**
 * Returns the Content-Security-Policy of a page. It allows only files of the site, and inline scripts and styles by
 * their hashes.
 */
export function buildContentSecurityPolicy({ scripts = [], styles = [], servers = [] }: PolicyOptions): string {
  return [
    "default-src 'none'",
    ['script-src', "'self'", ...scripts.map(formatHash)].join(' '),
    ['style-src', "'self'", ...styles.map(formatHash)].join(' '),
    "img-src 'self' data:",
    ['connect-src', "'self'", ...servers].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function formatHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const POLICY = /^( {2}Content-Security-Policy: )(.*)$/m;

/** The `_headers` file of an older version, and the base path of that version. */
export interface OlderHeaders {
  readonly base: string;
  readonly text: string;
}

/**
 * Merges the `_headers` files of several versions into the one that a host reads. The result has the rules for the
 * paths of older versions, and its policy allows what any version needs. Each page also contains its own stricter
 * policy.
 *
 * @throws Error if the merged policy is too long for such a file.
 */
export function mergeHeaders(current: string, older: readonly OlderHeaders[]): string {
  const policies = [current, ...older.map(({ text }) => text)].flatMap((text) => POLICY.exec(text)?.[2] ?? []);
  const blocks = older.flatMap(({ base, text }) => text.split('\n\n').filter((block) => block.startsWith(base)));
  const merged = current.replace(POLICY, (_, name: string) => name + joinPolicies(policies));
  return checkHeaders([merged, ...blocks.map((block) => `${block.trimEnd()}\n`)].join('\n'));
}

function joinPolicies(policies: readonly string[]): string {
  const directives = new Map<string, Set<string>>();
  for (const directive of policies.flatMap((policy) => policy.split(';'))) {
    const [name, ...sources] = directive.trim().split(/\s+/);
    if (!name) continue;
    directives.set(name, new Set([...(directives.get(name) ?? []), ...sources]));
  }
  return [...directives].map(([name, sources]) => [name, ...removeNone(sources)].join(' ')).join('; ');
}

/** Removes 'none' if there are other sources, because it is only valid alone. */
function removeNone(sources: ReadonlySet<string>): string[] {
  return sources.size > 1 ? [...sources].filter((source) => source !== "'none'") : [...sources];
}
