import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Guide, readGuides } from '../guides/index.ts';
import { readSamples, type Sample } from '../samples/index.ts';

/** Where the site's content lies: the file of the spec, and folders. */
export interface Sources {
  readonly spec: string;
  readonly guides: string;
  readonly samples: string;
  readonly theme: string;
}

/** What the site is made of, as it lies in files. */
export interface Content {
  /** The spec, byte for byte. */
  readonly spec: string;
  readonly guides: readonly Guide[];
  readonly samples: readonly Sample[];
  readonly theme: Theme;
}

/** The look of the site. */
export interface Theme {
  readonly css: string;
  /** Two pictures, as SVG. */
  readonly icon: string;
  readonly logo: string;
}

/** Where this workspace has its content. */
export const SOURCES: Sources = {
  spec: fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml')),
  guides: fileURLToPath(new URL('../../guides', import.meta.url)),
  samples: fileURLToPath(new URL('../../samples', import.meta.url)),
  theme: fileURLToPath(new URL('../theme', import.meta.url)),
};

/**
 * Reads what the site is made of.
 *
 * @throws Error that names the file, if one cannot be read or a guide is not written as guides are.
 * @example
 * const content = await readContent({ ...SOURCES, spec: 'openapi.yaml' });
 */
export async function readContent({ spec, guides, samples, theme }: Sources): Promise<Content> {
  const read = (name: string) => readFile(join(theme, name), 'utf8');
  const [text, allGuides, allSamples, css, icon, logo] = await Promise.all([
    readFile(spec, 'utf8'),
    readGuides(guides),
    readSamples(samples),
    read('theme.css'),
    read('icon.svg'),
    read('logo.svg'),
  ]);
  return { spec: text, guides: allGuides, samples: allSamples, theme: { css, icon, logo } };
}
