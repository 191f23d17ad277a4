import { type Document, isPair, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { isExact } from './lossless-json.ts';

/** What is wrong with a text. */
export interface TextFault {
  readonly line: number;
  readonly message: string;
  /** The position in the text. */
  readonly offset: number;
  /** Whether the text as a whole has no value. */
  readonly isFatal?: boolean;
}

/** A parsed text. */
interface ParsedYaml {
  /** The value; undefined if a fault is fatal. */
  readonly value: unknown;
  readonly document: Document;
  readonly faults: readonly TextFault[];
}

// A file of 10,000 customers may use the same anchor in each of them.
const MAX_ALIASES = 100_000;

/** Parses YAML, or JSON whose faults are needed: JSON.parse reports no repeated members and no rounded numbers. */
export function parseYaml(text: string): ParsedYaml {
  const lineCounter = new LineCounter();
  // Without these options, a tag or `%YAML 1.1` would create dates and other values that JSON does not have.
  const options = {
    schema: 'core',
    resolveKnownTags: false,
    merge: true,
    prettyErrors: false,
    logLevel: 'error',
  } as const;
  const document = parseDocument(text, { ...options, lineCounter });
  const faults: TextFault[] = [];
  const add = (offset: number, message: string, isFatal = false) =>
    faults.push({ line: lineCounter.linePos(offset).line, message, offset, isFatal });
  for (const { code, message, pos } of document.errors) {
    const [start] = pos;
    if (code === 'DUPLICATE_KEY') add(start, `has the property ${readName(text.slice(start))} twice`);
    else if (code === 'MULTIPLE_DOCS') add(start, 'is not valid: it contains several documents. Write one list', true);
    else add(start, `is not valid: ${message}`, true);
  }
  for (const { message, pos } of document.warnings) add(pos[0], `is not valid: ${message}`);
  visit(document, {
    Alias(_, node) {
      if (!node.resolve(document)) add(node.range?.[0] ?? 0, `has the alias *${node.source} without its anchor`, true);
    },
    Scalar(_, { value, source, range }, path) {
      if (typeof value !== 'number' || source === undefined || isExact(source)) return;
      const pair = path.findLast((node) => isPair(node));
      const name = isPair(pair) ? String(pair.key) : 'a value';
      add(range?.[0] ?? 0, `${name} is a number that JSON cannot hold exactly`);
    },
  });
  if (faults.some(({ isFatal }) => isFatal)) return { value: undefined, document, faults };
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), document, faults };
  } catch (error) {
    add(0, `is not valid: ${(error as Error).message}`, true);
    return { value: undefined, document, faults };
  }
}

/** Returns the nodes of the items of a list, or the node of a single item. */
export function listItemNodes({ contents }: Document): readonly Node[] {
  return (isSeq(contents) ? contents.items : [contents]) as readonly Node[];
}

/** Returns the property name at the start of a text, in double quotes. */
function readName(text: string): string {
  const [name = ''] = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,{}[\]]+)/.exec(text) ?? [];
  return name.startsWith('"') ? name : JSON.stringify(name.replaceAll("'", ''));
}
