import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Code, Root } from 'mdast';
import { visit } from 'unist-util-visit';

/**
 * A piece of code in a guide.
 *
 * @example
 * const { lang, source }: Fence = guide.fences[0];
 */
export interface Fence {
  /** Its language, such as `ts`; empty if it names none. */
  readonly lang: string;
  /** What else stands behind the language: `save=mrr.test.ts background` is `{ save: 'mrr.test.ts', background: '' }`. */
  readonly options: Readonly<Record<string, string>>;
  /** The code, from its file if it names one. */
  readonly source: string;
  /** Where it begins and ends in the guide, in characters. */
  readonly start: number;
  readonly end: number;
  /** The lines of the guide in which it begins and ends. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Finds the fences of a guide, and fills those that name a file: ```` ```ts file=../samples/… ````. */
export async function readFences(tree: Root, guide: URL): Promise<Fence[]> {
  const nodes: Code[] = [];
  visit(tree, 'code', (node) => void nodes.push(node));
  return Promise.all(nodes.map((node) => readFence(node, guide)));
}

async function readFence({ lang, meta, value, position }: Code, guide: URL): Promise<Fence> {
  const { start, end } = position ?? fail('A fence without a place was not read from a file.');
  // Elsewhere its lines are indented, which a file's are not.
  const place = `guides/${basename(fileURLToPath(guide))}:${start.line}`;
  if (start.column !== 1) fail(`${place}: move the code out of the list or quotation it is in.`);
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
