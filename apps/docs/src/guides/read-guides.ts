import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { type Fence, readFences } from './fence.ts';

/**
 * A guide: a page of the docs that explains how to do something.
 *
 * @example
 * const { title, markdown }: Guide = (await readGuides())[0];
 */
export interface Guide {
  /** The position among the guides, starting at 1. */
  readonly order: number;
  /** The name in URLs, such as `get-started`. */
  readonly slug: string;
  /** The heading of the guide. */
  readonly title: string;
  /** The first paragraph as plain text. */
  readonly description: string;
  /** The whole text with the heading. Fences contain the code of their files, and have no options. */
  readonly markdown: string;
  /** The code blocks in order. */
  readonly fences: readonly Fence[];
  /** The targets of the links, with their lines. */
  readonly links: readonly { readonly target: string; readonly line: number }[];
  /** The name of the file in `guides`, such as `1-get-started.md`. */
  readonly file: string;
}

const GUIDES = fileURLToPath(new URL('../../guides', import.meta.url));
const NAME = /^(\d+)-([a-z0-9-]+)\.md$/;

/**
 * Reads the guides in order.
 *
 * @throws Error with the file and the problem if a guide is invalid.
 * @example
 * for (const { slug, title, markdown } of await readGuides()) await writePage(slug, title, markdown);
 */
export async function readGuides(folder = GUIDES): Promise<Guide[]> {
  // Skip the temporary files of editors.
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md') && !file.startsWith('.'));
  const guides = await Promise.all(files.map((file) => readGuide(folder, file)));
  return guides.toSorted((one, other) => one.order - other.order);
}

async function readGuide(folder: string, file: string): Promise<Guide> {
  const [, order, slug] = NAME.exec(file) ?? [];
  if (order === undefined || slug === undefined) throw new Error(`guides/${file}: name it like 1-get-started.md.`);
  const url = pathToFileURL(join(folder, file));
  const text = await readFile(url, 'utf8');
  const tree = fromMarkdown(text);
  const [heading, paragraph] = tree.children;
  if (heading?.type !== 'heading' || heading.depth !== 1 || paragraph?.type !== 'paragraph') {
    throw new Error(`guides/${file}: start with "# Title" and a paragraph that describes the guide.`);
  }
  const fences = await readFences(tree, url);
  const links: Guide['links'][number][] = [];
  visit(tree, 'link', ({ url: target, position }) => void links.push({ target, line: position?.start.line ?? 1 }));
  return {
    order: Number(order),
    slug,
    title: textOf(heading),
    description: textOf(paragraph).replaceAll('\n', ' '),
    markdown: withFences(text, fences),
    fences,
    links,
    file,
  };
}

// Replaces the fences from last to first, so that the offsets of the remaining ones stay valid.
function withFences(text: string, fences: readonly Fence[]): string {
  return fences.reduceRight(
    (result, { lang, source, start, end }) =>
      `${result.slice(0, start)}\`\`\`${lang}\n${source}\n\`\`\`${result.slice(end)}`,
    text,
  );
}
