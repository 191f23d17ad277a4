import { isCollection, isMap, isPair, LineCounter, type Node, parseDocument } from 'yaml';
import { formatPointer } from './pointer.ts';
import type { Source } from './source.ts';

/**
 * A location in the file of a description.
 *
 * @example
 * const { pointer, line }: SourceLocation = description.locate(operation.responses['404'] ?? {}, 'content');
 */
export interface SourceLocation {
  /** The path or URL of the file. */
  readonly file: string;
  /** JSON Pointer (RFC 6901) within the file, such as `/components/schemas/Customer/required`. */
  readonly pointer: string;
  /** The line number, starting at 1. */
  readonly line: number;
}

/**
 * Returns the location of an object of the resolved description, or of a member below it.
 *
 * @example
 * const locate: LocateFunction = description.locate;
 */
export type LocateFunction = (object: object, ...members: readonly string[]) => SourceLocation;

/**
 * Creates a function that finds locations in a YAML or JSON file.
 *
 * @param document - The parsed file. In a description whose references are resolved, all references to a definition are
 * the same object.
 * @example
 * const locate = createLocateFunction({ name: 'pets.json', text }, JSON.parse(text));
 */
export function createLocateFunction(
  { name: file, text }: Pick<Source, 'name' | 'text'>,
  document: object,
): LocateFunction {
  // Parsed at the first call: it takes long for large files, and many programs never ask for a location.
  let parsed: ParsedSource | undefined;

  return (object, ...members) => {
    parsed ??= parseSource(text, document);
    const { source, lines, paths } = parsed;
    const path = [...(paths.get(object) ?? []), ...members];
    const { depth, offset } = findDeepestNode(source.contents, path);
    return { file, pointer: formatPointer(path.slice(0, depth)), line: lines.linePos(offset).line };
  };
}

/** A file with the positions of its nodes, and the paths of the objects of the document. */
type ParsedSource = ReturnType<typeof parseSource>;

function parseSource(text: string, document: object) {
  const lines = new LineCounter();
  // YAML is a superset of JSON.
  const source = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  return { source, lines, paths: findShortestPaths(document) };
}

/**
 * Returns the shortest path to each object. It is the path of the definition, because references to a definition are
 * deeper in the document.
 */
function findShortestPaths(document: object): WeakMap<object, readonly string[]> {
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

/**
 * Follows a path in the source and returns the last node that exists. Members below a reference do not exist in the
 * source.
 */
function findDeepestNode(root: unknown, path: readonly string[]): { depth: number; offset: number } {
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
