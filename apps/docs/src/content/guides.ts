import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Code, Image, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as toPlainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

/** A guide: a page of the docs that explains how to do something. */
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
  /** The SVG files of the diagrams, by the text that describes each of them. The text stands for the diagram in `markdown`. */
  readonly diagrams: ReadonlyMap<string, string>;
  /** The code blocks in order. */
  readonly fences: readonly Fence[];
  /** The targets of the links, with their lines. */
  readonly links: readonly { readonly target: string; readonly line: number }[];
  /** The name of the file in `guides`, such as `1-get-started.md`. */
  readonly file: string;
}

const NAME = /^(\d+)-([a-z0-9-]+)\.md$/;

/**
 * Reads the guides in order.
 *
 * @throws Error with the file and the problem if a guide is invalid.
 */
export async function readGuides(folder: string): Promise<Guide[]> {
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
  const images = await readDiagrams(tree, url);
  const links: Guide['links'][number][] = [];
  visit(tree, 'link', ({ url: target, position }) => void links.push({ target, line: position?.start.line ?? 1 }));
  return {
    order: Number(order),
    slug,
    title: toPlainText(heading),
    description: toPlainText(paragraph).replaceAll('\n', ' '),
    markdown: replaceParts(text, [...fences.map(toPlainFence), ...images]),
    diagrams: new Map(images.map(({ content, svg }) => [content, svg])),
    fences,
    links,
    file,
  };
}

/** Text that replaces a part of a guide. */
interface Replacement {
  readonly content: string;
  /** The offsets of the part in the guide, in characters. */
  readonly start: number;
  readonly end: number;
}

/** Replaces the parts from last to first, so that the offsets of the remaining parts stay valid. */
function replaceParts(text: string, parts: readonly Replacement[]): string {
  return parts
    .toSorted((one, other) => other.start - one.start)
    .reduce((result, { content, start, end }) => result.slice(0, start) + content + result.slice(end), text);
}

function toPlainFence({ lang, source, start, end }: Fence): Replacement {
  return { content: `\`\`\`${lang}\n${source}\n\`\`\``, start, end };
}

/** Returns the images of SVG files beside the guide. On the site, the description of a diagram stands for it. */
async function readDiagrams(tree: Root, guide: URL): Promise<(Replacement & { readonly svg: string })[]> {
  const nodes: Image[] = [];
  visit(tree, 'image', (node) => void nodes.push(node));
  return Promise.all(
    nodes.map(async ({ url, alt, position }) => {
      const location = `guides/${basename(fileURLToPath(guide))}:${position?.start.line}`;
      if (!alt) throw new Error(`${location}: describe the image ${url} between the brackets.`);
      const svg = await readSource(new URL(url, guide), `${location}: there is no file ${url}.`);
      return { content: alt, svg, start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
    }),
  );
}

/** A fenced code block in a guide. */
export interface Fence {
  /** The language, such as `ts`. Empty if the fence has none. */
  readonly lang: string;
  /** The options after the language: `save=mrr.test.ts background` is `{ save: 'mrr.test.ts', background: '' }`. */
  readonly options: Readonly<Record<string, string>>;
  /** The code. It comes from the file of the `file` option if there is one. */
  readonly source: string;
  /** The offsets of the fence in the guide, in characters. */
  readonly start: number;
  readonly end: number;
  /** The first and last line of the fence in the guide. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/**
 * Returns the fences of a guide, and reads the files of fences with a `file` option: ```` ```ts file=../samples/… ````.
 */
async function readFences(tree: Root, guide: URL): Promise<Fence[]> {
  const nodes: Code[] = [];
  visit(tree, 'code', (node) => void nodes.push(node));
  return Promise.all(nodes.map((node) => readFence(node, guide)));
}

async function readFence({ lang, meta, value, position }: Code, guide: URL): Promise<Fence> {
  if (!position) throw new Error('The fence has no position, because it was not parsed from a file.');
  const { start, end } = position;
  const location = `guides/${basename(fileURLToPath(guide))}:${start.line}`;
  // In a list or quotation every line is indented or prefixed, but the lines of a file are not.
  if (start.column !== 1) throw new Error(`${location}: move the code block out of the list or quotation.`);
  const options = parseOptions(meta ?? '');
  const { file } = options;
  return {
    lang: lang ?? '',
    options,
    source:
      file === undefined ? value : await readSource(new URL(file, guide), `${location}: there is no file ${file}.`),
    start: start.offset ?? 0,
    end: end.offset ?? 0,
    firstLine: start.line,
    lastLine: end.line,
  };
}

async function readSource(url: URL, missing: string): Promise<string> {
  const text = await readFile(url, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(missing) : error;
  });
  return text.replace(/\n$/, '');
}

function parseOptions(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([^ =]+)=?(\S*)/g)].map(([, name, value]) => [name, value]));
}
