import { readFile } from 'node:fs/promises';
import { isCollection, isMap, isPair, LineCounter, type Node, parseDocument } from 'yaml';

/**
 * A place in a description.
 *
 * @example
 * const { pointer, line }: Location = description.locate(operation.responses['404'] ?? {}, 'content');
 */
export interface Location {
  /** The description's file. */
  readonly file: string;
  /** JSON Pointer (RFC 6901) within the file, such as `/components/schemas/Customer/required`. */
  readonly pointer: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Finds the place where something resolved stands: an object of the description, or a member below one. */
export type Locate = (object: object, ...members: readonly string[]) => Location;

/**
 * Reads where everything in a description stands.
 *
 * @param document - The description with its references resolved in place, so that what is referred to is one object.
 */
export async function createLocate(file: string, document: object): Promise<Locate> {
  const lines = new LineCounter();
  // JSON is YAML, too.
  const source = parseDocument(await readFile(file, 'utf8'), { lineCounter: lines, logLevel: 'silent' });
  const paths = shortestPaths(document);

  return (object, ...members) => {
    const wanted = [...(paths.get(object) ?? []), ...members];
    const { depth, offset } = deepest(source.contents, wanted);
    return { file, pointer: pointerOf(wanted.slice(0, depth)), line: lines.linePos(offset).line };
  };
}

/** The way to each object. The shortest one is that of its definition: what refers to it lies deeper in the document. */
function shortestPaths(document: object): WeakMap<object, readonly string[]> {
  const paths = new WeakMap<object, readonly string[]>([[document, []]]);
  const queue = [document];
  for (const object of queue) {
    for (const [name, value] of Object.entries(object)) {
      if (typeof value !== 'object' || value === null || paths.has(value)) continue;
      paths.set(value, [...(paths.get(object) ?? []), name]);
      queue.push(value);
    }
  }
  return paths;
}

/** How far a path leads in the source, and where it ends: a member that came in by reference is not there itself. */
function deepest(root: unknown, path: readonly string[]): { depth: number; offset: number } {
  let node = root;
  let offset = 0;
  for (const [depth, name] of path.entries()) {
    const entry = isMap(node) ? node.items.find(({ key }) => String(key) === name) : undefined;
    const next: unknown = isPair(entry) ? entry.value : isCollection(node) ? node.get(Number(name), true) : undefined;
    if (!entry && next === undefined) return { depth, offset };
    offset = ((entry?.key ?? next) as Node).range?.[0] ?? offset;
    node = next;
  }
  return { depth: path.length, offset };
}

/** RFC 6901. */
function pointerOf(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
