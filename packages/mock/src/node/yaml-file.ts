import { readFile } from 'node:fs/promises';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** A file in YAML or JSON. */
export interface YamlFile {
  readonly value: unknown;
  /** Returns the file and the line of a value, such as `scenarios.yaml:12`. If it does not exist, of what contains it. */
  locate(path: readonly (string | number)[]): string;
}

/**
 * Reads a file in YAML or JSON.
 *
 * @throws Error with the name of the file, and the line if its syntax is invalid.
 */
export async function readYamlFile(file: string): Promise<YamlFile> {
  const lines = new LineCounter();
  // YAML is a superset of JSON.
  const document = parseDocument(await readText(file), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new Error(`${file}:${lines.linePos(error.pos[0]).line} is not valid YAML: ${error.message}.`);
  const locate: YamlFile['locate'] = (path) => {
    const node = document.getIn(path, true);
    const range = isNode(node) ? node.range : undefined;
    if (!range) return path.length === 0 ? `${file}:1` : locate(path.slice(0, -1));
    return `${file}:${lines.linePos(range[0]).line}`;
  };
  return { value: document.toJS(), locate };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read ${file} (${(error as NodeJS.ErrnoException).code}). Check the path.`);
  }
}
