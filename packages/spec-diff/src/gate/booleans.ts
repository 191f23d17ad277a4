import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { DATA, MAPS } from './keywords.ts';
import { readSource, type Sources } from './source.ts';

/**
 * Calls a function with descriptions whose schemas `true` and `false` are objects with the same meaning, because oasdiff
 * cannot read most of them. Their values have the same paths. The copies exist only during the call.
 */
export async function withoutBooleanSchemas<Result>(
  { base, revision }: Sources,
  run: (copies: Sources) => Promise<Result>,
): Promise<Result> {
  const [before, after] = await Promise.all([base, revision].map(({ file }) => readFile(file, 'utf8')));
  const [from, to] = [before ?? '', after ?? ''].map(replaceBooleanSchemas);
  if (from === before && to === after) return run({ base, revision });
  const folder = await mkdtemp(join(tmpdir(), 'spec-diff-'));
  try {
    const copies = { base: join(folder, 'base.yaml'), revision: join(folder, 'revision.yaml') };
    await Promise.all([writeFile(copies.base, from ?? ''), writeFile(copies.revision, to ?? '')]);
    return await run({ base: await readSource(copies.base), revision: await readSource(copies.revision) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Members whose value is a schema, a map of schemas or a list of schemas.
const SCHEMAS = new Set([
  'contains',
  'else',
  'if',
  'itemSchema',
  'items',
  'not',
  'propertyNames',
  'schema',
  'then',
  'unevaluatedItems',
]);
const SCHEMA_MAPS = new Set(['$defs', 'dependentSchemas', 'patternProperties', 'properties', 'schemas']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);

/** Returns the text of a description with `{}` for schemas that are `true` and `{"not": {}}` for those that are `false`. */
export function replaceBooleanSchemas(text: string): string {
  const found: { readonly start: number; readonly end: number; readonly value: boolean }[] = [];
  const visit = (node: unknown, name: string, isNamed: boolean): void => {
    if (isSeq<Node>(node)) {
      for (const item of node.items) visitValue(item, SCHEMA_LISTS.has(name), name, false);
    }
    if (!isMap<Node, Node | null>(node)) return;
    for (const { key, value } of node.items) {
      const member = isScalar(key) ? String(key.value) : '';
      if (!isNamed && (DATA.has(member) || EXAMPLES.has(member))) continue;
      const isSchema = isNamed ? SCHEMA_MAPS.has(name) : SCHEMAS.has(member);
      visitValue(value, isSchema, member, !isNamed && MAPS.has(member) && isMap(value));
    }
  };
  const visitValue = (...[node, isSchema, name, isNamed]: [unknown, boolean, string, boolean]): void => {
    if (isSchema && isScalar(node) && typeof node.value === 'boolean' && node.range) {
      found.push({ start: node.range[0], end: node.range[1], value: node.value });
    } else visit(node, name, isNamed);
  };
  visit(parseDocument(text, { prettyErrors: false }).contents, '', false);
  // From the end of the text, so that the positions of the others stay the same.
  return found.reduceRight(
    (result, { start, end, value }) => `${result.slice(0, start)}${value ? '{}' : '{"not": {}}'}${result.slice(end)}`,
    text,
  );
}

const EXAMPLES = new Set(['example', 'examples']);
