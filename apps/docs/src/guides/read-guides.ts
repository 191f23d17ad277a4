import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { type Fence, readFences } from './fence.ts';

/**
 * A page of the docs that tells how to do something.
 *
 * @example
 * const { title, markdown }: Guide = (await readGuides())[0];
 */
export interface Guide {
  /** Its place among the guides, from 1. */
  readonly order: number;
  /** Its name in addresses, such as `get-started`. */
  readonly slug: string;
  /** Its heading. */
  readonly title: string;
  /** Its first paragraph as plain text. */
  readonly description: string;
  /** All its text, the heading included. Its fences are filled, and name nothing but their language. */
  readonly markdown: string;
  /** Its fences, in their order. */
  readonly fences: readonly Fence[];
  /** Where it leads, with the line of its file. */
  readonly links: readonly { readonly target: string; readonly line: number }[];
  /** Its file below `guides`, such as `1-get-started.md`. */
  readonly file: string;
}

const GUIDES = fileURLToPath(new URL('../../guides', import.meta.url));
const NAME = /^(\d+)-([a-z0-9-]+)\.md$/;

/**
 * Reads the guides, in their order.
 *
 * @throws Error that names the file and what to mend, if one is not written as guides are.
 * @example
 * for (const { slug, title, markdown } of await readGuides()) await writePage(slug, title, markdown);
 */
export async function readGuides(folder = GUIDES): Promise<Guide[]> {
  // Editors keep files of their own beside the one that is being edited.
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
    throw new Error(`guides/${file}: begin with "# Title" and one paragraph that says what the guide is about.`);
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

// From the last to the first: what comes before a fence stays where it is.
function withFences(text: string, fences: readonly Fence[]): string {
  return fences.reduceRight(
    (result, { lang, source, start, end }) =>
      `${result.slice(0, start)}\`\`\`${lang}\n${source}\n\`\`\`${result.slice(end)}`,
    text,
  );
}
