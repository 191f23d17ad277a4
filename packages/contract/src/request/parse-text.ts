import type { Header, Parameter } from '@firstofficer/openapi';
import { isJson, parseJson } from '../http/exchange.ts';
import { listComposedSchemas } from '../schema/walk.ts';

/**
 * Parses the text of a header or of a parameter with a single text by its style: the opposite of serialization. Items and
 * members remain text. Returns undefined if the text is not in this form, such as a list of names and values that ends
 * after a name.
 */
export function parseParameterText(parameter: Parameter | Header, text: string): unknown {
  const { schema = {}, style = 'simple', explode = false, content } = parameter;
  if (content) return Object.keys(content).some(isJson) ? parseJson(text) : text;
  const schemas = listComposedSchemas(schema);
  const types = schemas.flatMap(({ type = [] }) => type);
  if (types.includes('string')) return text;
  const isList = types.includes('array') || schemas.some(({ items }) => items);
  const isObject = types.includes('object') || schemas.some(({ properties }) => properties);
  if (!isList && !isObject) return text;
  const parts = text === '' ? [] : text.split(DELIMITERS[style] ?? ',').map((part) => part.trim());
  if (isList) return parts;
  return explode ? parsePairs(parts.map((part) => part.split(/=(.*)/s, 2))) : parsePairs(pairUp(parts));
}

const DELIMITERS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' };

/** Joins each name with the value that follows it. */
function pairUp(parts: readonly string[]): (readonly string[])[] {
  return parts.flatMap((_name, index) => (index % 2 === 0 ? [parts.slice(index, index + 2)] : []));
}

function parsePairs(pairs: readonly (readonly string[])[]): unknown {
  return pairs.every(({ length }) => length === 2) ? Object.fromEntries(pairs) : undefined;
}
