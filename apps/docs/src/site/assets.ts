import { createHash } from 'node:crypto';

/** A file of the site: its path below the site's address, and what is in it. */
export interface SiteFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * A file whose name changes with its content, so that browsers may keep it for ever.
 *
 * @example
 * hashed('assets/style.css', css).path; // 'assets/style.3f2a9c1b.css'
 */
export function hashed(path: string, content: string | Uint8Array): SiteFile {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return { path: path.replace(/(\.[^.]+)$/, `.${hash}$1`), content };
}
