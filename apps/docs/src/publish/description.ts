import { parse } from 'yaml';
import type { OpenApiDocument } from '../markdown/index.ts';

/**
 * A description in the formats that the site offers for download.
 *
 * @example
 * const { yaml, json, document }: PublishedDescription = parseDescription(await readFile('openapi.yaml', 'utf8'));
 */
interface PublishedDescription {
  /** The unchanged source, with its comments and its order. */
  readonly yaml: string;
  /** The same content as JSON. */
  readonly json: string;
  readonly document: OpenApiDocument;
}

/**
 * Parses a description and returns it as YAML and as JSON.
 *
 * @param source - The text of the description.
 * @throws YAMLParseError if it is not YAML.
 * @example
 * const { json } = parseDescription('openapi: 3.1.0\n'); // {\n  "openapi": "3.1.0"\n}\n
 */
export function parseDescription(source: string): PublishedDescription {
  const document = parse(source) as OpenApiDocument;
  return { yaml: source, json: `${JSON.stringify(document, null, 2)}\n`, document };
}
