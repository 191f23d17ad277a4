import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Code, Root } from 'mdast';
import { visit } from 'unist-util-visit';

/**
 * A fenced code block in a guide.
 *
 * @example
 * const { lang, source }: Fence = guide.fences[0];
 */
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
export async function readFences(tree: Root, guide: URL): Promise<Fence[]> {
  const nodes: Code[] = [];
  visit(tree, 'code', (node) => void nodes.push(node));
  return Promise.all(nodes.map((node) => readFence(node, guide)));
}

async function readFence({ lang, meta, value, position }: Code, guide: URL): Promise<Fence> {
  const { start, end } = position ?? fail('The fence has no position, because it was not parsed from a file.');
  // In a list or quotation every line is indented or prefixed, but the lines of a file are not.
  const place = `guides/${basename(fileURLToPath(guide))}:${start.line}`;
  if (start.column !== 1) fail(`${place}: move the code block out of the list or quotation.`);
  const options = Object.fromEntries((meta ?? '').split(' ').flatMap((option) => (option ? [pair(option)] : [])));
  const { file } = options;
  return {
    lang: lang ?? '',
    options,
    source: file === undefined ? value : await readSource(new URL(file, guide), `${place}: there is no file ${file}.`),
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

function pair(option: string): [string, string] {
  const [name = '', ...value] = option.split('=');
  return [name, value.join('=')];
}

function fail(message: string): never {
  throw new Error(message);
}
