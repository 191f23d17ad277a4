import { parseDocument } from 'yaml';
import type { Problem } from './lint.ts';

/**
 * Where a text is no YAML. The linter says less of it, and nothing that a program can read.
 *
 * @example
 * yamlProblems('a: [', 'openapi.yaml'); // [{ place: 'openapi.yaml:1:5', message: 'Flow sequence in block collection…' }]
 */
export function yamlProblems(text: string, file: string): Problem[] {
  return parseDocument(text).errors.map(({ message, linePos }) => ({
    message,
    place: linePos ? `${file}:${linePos[0].line}:${linePos[0].col}` : file,
  }));
}
