import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { UsageError } from '@firstofficer/common/command';
import {
  asObject,
  createLocateFunction,
  type JsonObject,
  resolvePointer,
  type SourceLocation,
} from '@firstofficer/openapi';
import { isNode, LineCounter, parseDocument, visit } from 'yaml';

/** A path to a value of a document: the names of members and the indexes of elements. */
export type Path = readonly string[];

/** A description as written, with its references unresolved. */
export interface Source {
  readonly file: string;
  readonly document: JsonObject;
  /** Returns the location of a value. */
  locate(path: Path): SourceLocation;
  /** Returns the path of the value or of the member name that begins at a position. Both start at 1. */
  findPath(line: number, column: number): Path | undefined;
}

/** Two descriptions as written. */
export interface Sources {
  readonly base: Source;
  readonly revision: Source;
}

/**
 * Reads a description.
 *
 * @throws UsageError if it cannot be read, is not YAML, is not OpenAPI 3, or refers to another file.
 */
export async function readSource(file: string): Promise<Source> {
  const name = relative('', file);
  const text = await readFile(file, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    const isUrl = /^https?:\/\//.test(file) || /(^|\/)https?:\//.test(name);
    const advice = isUrl ? 'Download the description first, and pass the path of the file.' : 'Check the path.';
    throw new UsageError(`cannot read ${name} (${code}). ${advice}`);
  });
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = yaml.errors;
  if (error) {
    throw new UsageError(
      `${name}:${lines.linePos(error.pos[0]).line}: invalid YAML: ${error.code === 'MULTIPLE_DOCS' ? 'the file has several documents. Keep one.' : error.message}`,
    );
  }
  const document = asObject(toObject(yaml, name));
  const version = String(document.openapi);
  if (!/^3\.[012]\.\d+$/.test(version)) {
    throw new UsageError(`${name}:1: not an OpenAPI 3 description: "openapi" must be 3.0, 3.1 or 3.2, such as 3.1.1.`);
  }
  const locate = createLocateFunction({ name: file, text }, document);
  const source: Source = {
    file,
    document,
    locate: (path) => locate(document, ...path),
    findPath: createFindPath(yaml, lines),
  };
  rejectExternalReferences(source, document, []);
  return source;
}

/** Returns the values of a YAML document. */
function toObject(yaml: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return yaml.toJS();
  } catch (error) {
    // For example, aliases that expand to a huge document.
    throw new UsageError(`${name}:1: invalid YAML: ${error instanceof Error ? error.message : error}`);
  }
}

/** Formats a location as `file:line`, with the path of the file relative to the current folder. */
export function formatLocation({ file, line }: Pick<SourceLocation, 'file' | 'line'>): string {
  return `${relative('', file)}:${line}`;
}

function createFindPath(yaml: ReturnType<typeof parseDocument>, lines: LineCounter): Source['findPath'] {
  const paths = new Map<string, Path>();
  const add = (node: unknown, path: Path) => {
    if (!isNode(node) || !node.range) return;
    const { line, col } = lines.linePos(node.range[0]);
    const position = `${line}:${col}`;
    if (!paths.has(position)) paths.set(position, path);
  };
  // The path of each collection, by its node.
  const collections = new Map<unknown, Path>([[yaml.contents, []]]);
  visit(yaml, {
    Map(_, map) {
      const path = collections.get(map) ?? [];
      for (const { key, value } of map.items) {
        const member = [...path, String(key)];
        add(key, member);
        collections.set(value, member);
      }
    },
    Seq(_, sequence) {
      const path = collections.get(sequence) ?? [];
      for (const [index, item] of sequence.items.entries()) {
        add(item, [...path, String(index)]);
        collections.set(item, [...path, String(index)]);
      }
    },
  });
  return (line, column) => paths.get(`${line}:${column}`);
}

// The values below these members are data, where `$ref` is an ordinary name.
const DATA = new Set(['example', 'value', 'default', 'const', 'enum']);

function rejectExternalReferences(source: Source, value: unknown, path: Path): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const place = [...path, name];
    if (name === '$ref' && typeof member === 'string' && !member.startsWith('#')) {
      throw new UsageError(
        `${formatLocation(source.locate(place))}: ${member} is in another file. Bundle the description into one file first, for example with "redocly bundle".`,
      );
    }
    if (name === '$ref' && typeof member === 'string' && isEndless(source.document, member)) {
      throw new UsageError(
        `${formatLocation(source.locate(place))}: ${member} refers only to itself. Refer to a definition that has members.`,
      );
    }
    if (DATA.has(name) && !['properties', 'patternProperties'].includes(path.at(-1) ?? '')) continue;
    rejectExternalReferences(source, member, place);
  }
}

/** Returns whether a reference leads from reference to reference and back, and never to a definition. */
function isEndless(document: JsonObject, reference: string): boolean {
  const followed = new Set<string>();
  let next: unknown = reference;
  while (typeof next === 'string' && next.startsWith('#/')) {
    if (followed.has(next)) return true;
    followed.add(next);
    const { $ref, ...others } = asObject(resolvePointer(next.slice(1), document));
    next = Object.keys(others).length === 0 ? $ref : undefined;
  }
  return false;
}
