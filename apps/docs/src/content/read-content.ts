import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Guide, readGuides } from './guides.ts';
import { readSamples, type Sample } from './samples.ts';

/**
 * The paths of the site's content: the spec's file and three folders.
 *
 * @example
 * const sources: Sources = { ...SOURCES, spec: '/home/jane/openapi.yaml' };
 */
export interface Sources {
  readonly spec: string;
  readonly guides: string;
  readonly samples: string;
  readonly theme: string;
}

/** The content of the site, as read from files. */
export interface Content {
  /** The unchanged text of the spec. */
  readonly spec: string;
  readonly guides: readonly Guide[];
  readonly samples: readonly Sample[];
  readonly theme: Theme;
}

/** The parts of the style sheet in the order of the cascade. */
const STYLE_SHEETS = [
  'tokens',
  'base',
  'shell',
  'home',
  'prose',
  'code',
  'reference',
  'search',
  'samples',
  'try-it',
  'print',
];

/** The style sheet and the icon of the site. */
export interface Theme {
  readonly css: string;
  /** The icon as SVG. */
  readonly icon: string;
}

/**
 * The paths of this workspace's content.
 *
 * @example
 * console.log(SOURCES.spec); // '/home/jane/firstofficer/spec/openapi.yaml'
 */
export const SOURCES: Sources = {
  spec: fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml')),
  guides: fileURLToPath(new URL('../../guides', import.meta.url)),
  samples: fileURLToPath(new URL('../../samples', import.meta.url)),
  theme: fileURLToPath(new URL('../theme', import.meta.url)),
};

/**
 * Reads the content of the site.
 *
 * @throws Error with the name of the file if a file cannot be read or a guide is invalid.
 */
export async function readContent({ spec, guides, samples, theme }: Sources): Promise<Content> {
  const read = (name: string) => readFile(join(theme, name), 'utf8');
  const [text, allGuides, allSamples, css, icon] = await Promise.all([
    readFile(spec, 'utf8'),
    readGuides(guides),
    readSamples(samples),
    Promise.all(STYLE_SHEETS.map((name) => read(`${name}.css`))),
    read('icon.svg'),
  ]);
  return { spec: text, guides: allGuides, samples: allSamples, theme: { css: css.join('\n'), icon } };
}
