import { createHash } from 'node:crypto';

/**
 * Returns the Content-Security-Policy of the site. It allows only files of the site, and inline scripts and styles by
 * their hashes. All pages share one policy, so a host needs a single header.
 *
 * @example
 * const csp = buildContentSecurityPolicy(pages.map(({ body }) => body));
 */
export function buildContentSecurityPolicy(bodies: readonly string[]): string {
  const all = bodies.join('\n');
  const scripts = unique([...all.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => decode(text)));
  const attributes = unique([...all.matchAll(/ style="([^"]*)"/g)].map(([, text]) => decode(text)));
  return [
    "default-src 'none'",
    ['script-src', "'self'", ...scripts.map(hash)].join(' '),
    // In the browser Redoc adds an empty style element and inserts its rules by script. Its markup has style
    // attributes.
    ['style-src', "'self'", "'unsafe-hashes'", hash(''), ...attributes.map(hash)].join(' '),
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}

function decode(html = ''): string {
  return html
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
