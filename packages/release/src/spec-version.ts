import { isScalar, parseDocument } from 'yaml';

/**
 * Returns the `info.version` of a description.
 *
 * @throws Error if the description has none.
 */
export function readInfoVersion(text: string): string {
  return String(findInfoVersion(text).value);
}

/** Returns a description with another `info.version`. Everything else keeps its form, including comments. */
export function writeInfoVersion(text: string, version: string): string {
  const [start, end] = findInfoVersion(text).range;
  return text.slice(0, start) + version + text.slice(end);
}

function findInfoVersion(text: string): { value: unknown; range: readonly [start: number, end: number] } {
  const node = parseDocument(text).getIn(['info', 'version'], true);
  if (!isScalar(node) || !node.range) throw new Error('spec/openapi.yaml has no info.version. Add it.');
  return { value: node.value, range: [node.range[0], node.range[1]] };
}
