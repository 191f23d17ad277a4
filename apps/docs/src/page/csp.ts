import { createHash } from 'node:crypto';

/**
 * The Content-Security-Policy of pages: nothing from elsewhere, and no script or style but those that the build wrote.
 * One policy serves all pages, so that a host needs a single header.
 *
 * @example
 * const csp = contentSecurityPolicy(pages.map(({ body }) => body));
 */
export function contentSecurityPolicy(bodies: readonly string[]): string {
  const all = bodies.join('\n');
  const scripts = unique([...all.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => decode(text)));
  const attributes = unique([...all.matchAll(/ style="([^"]*)"/g)].map(([, text]) => decode(text)));
  return [
    "default-src 'none'",
    ['script-src', "'self'", ...scripts.map(hash)].join(' '),
    // Redoc's styles in the browser: an empty element, filled rule by rule, and the attributes of its markup.
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
