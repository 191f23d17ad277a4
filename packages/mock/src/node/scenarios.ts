import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { formatFault, ScenarioError, type ScenarioFault } from '../engine/scenario-faults.ts';

/** A list of scenarios that is not checked yet. */
interface ScenarioSource {
  /**
   * Calls a function with the list, and returns its result. If the function throws a `ScenarioError` and the list is from
   * a file, the message names the file and the lines.
   */
  check<T>(use: (scenarios: unknown) => T): T;
}

/**
 * Reads the scenarios that a mock starts with.
 *
 * @param source - A list, or the path of a file in YAML or JSON.
 * @throws Error if the file cannot be read.
 */
export async function loadScenarios(source: unknown = []): Promise<ScenarioSource> {
  if (typeof source !== 'string' && !(source instanceof URL)) return { check: (use) => use(source) };
  const file = source instanceof URL ? fileURLToPath(source) : source;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`cannot read the scenarios in ${file} (${error.code}). Check the path.`);
  });
  const lines = new LineCounter();
  // YAML is a superset of JSON.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const messages = document.errors.map(({ pos, message }) => `${file}:${lines.linePos(pos[0]).line}: ${message}`);
    throw new Error(messages.join('\n'));
  }

  /** Returns the line of a value, or of what contains it if it does not exist. */
  function findLine(path: ScenarioFault['path']): number {
    const node = document.getIn(path, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    return path.length === 0 ? 1 : findLine(path.slice(0, -1));
  }

  const value = toValue(document, file);
  return {
    check(use) {
      try {
        return use(value);
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        throw new Error(
          error.faults.map((fault) => `${file}:${findLine(fault.path)}: ${formatFault(fault)}`).join('\n'),
        );
      }
    },
  };
}

/** @throws Error that names the file, if an alias has no anchor or the aliases stand for too many values. */
function toValue(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new Error(`${file} is not valid: ${error instanceof Error ? error.message : String(error)}`);
  }
}
