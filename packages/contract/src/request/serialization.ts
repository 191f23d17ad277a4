import type { Operation, Parameter } from '@firstofficer/openapi';
import { isJson } from '../http/media-type.ts';

/** Parameter values by name. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A parameter value. The parameter's `style` and `explode` determine how lists and objects are serialized. */
export type ParameterValue = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;

type Part = readonly [name: string, text: string];
type Encode = (text: string) => string;

const asItIs: Encode = (text) => text;

const DELIMITERS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' };

/** Serializes and percent-encodes a path parameter (RFC 6570, as in OpenAPI). */
export function pathText(parameter: Parameter, value: ParameterValue): string {
  const { name, style = 'simple', explode = false } = parameter;
  const parts = partsOf(parameter, value);
  const isObject = kindOf(parameter, value) === 'object';
  const listed = joined(parts, isObject, ',', encodeURIComponent);
  switch (style) {
    case 'matrix':
      return explode ? `;${pairs(parts, ';')}` : `;${encodeURIComponent(name)}=${listed}`;
    case 'label':
      if (!explode) return `.${listed}`;
      return `.${isObject ? pairs(parts, '.') : joined(parts, false, '.', encodeURIComponent)}`;
    default:
      return explode && isObject ? pairs(parts, ',') : listed;
  }
}

/** Serializes and percent-encodes a query parameter: zero or more of `name=value`, joined by `&`. */
export function queryText(parameter: Parameter, value: ParameterValue): string {
  const { name, style = 'form', explode = style === 'form' } = parameter;
  const parts = partsOf(parameter, value);
  if (style === 'deepObject')
    return pairs(
      parts.map(([key, text]) => [`${name}[${key}]`, text]),
      '&',
    );
  if (explode) return pairs(parts, '&');
  const isObject = kindOf(parameter, value) === 'object';
  const delimiter = DELIMITERS[style] === undefined ? ',' : encodeURIComponent(DELIMITERS[style]);
  return `${encodeURIComponent(name)}=${joined(parts, isObject, delimiter, encodeURIComponent)}`;
}

/** Serializes a header parameter. */
export function headerText(parameter: Parameter, value: ParameterValue): string {
  const parts = partsOf(parameter, value);
  const isObject = kindOf(parameter, value) === 'object';
  return parameter.explode && isObject ? pairs(parts, ',', asItIs) : joined(parts, isObject, ',', asItIs);
}

/** Serializes a cookie parameter: one or more of `name=value`. */
export function cookieText(parameter: Parameter, value: ParameterValue): string {
  const { name, explode = true } = parameter;
  const parts = partsOf(parameter, value);
  const isObject = kindOf(parameter, value) === 'object';
  return explode && isObject ? pairs(parts, '; ') : `${name}=${joined(parts, isObject, ',', encodeURIComponent)}`;
}

/** Returns the value to serialize. A parameter with `content` is always a single text. */
function kindOf({ content }: Parameter, value: ParameterValue): 'one' | 'list' | 'object' {
  if (content || typeof value !== 'object') return 'one';
  return Array.isArray(value) ? 'list' : 'object';
}

function partsOf(parameter: Parameter, value: ParameterValue): Part[] {
  const { name, content = {} } = parameter;
  switch (kindOf(parameter, value)) {
    case 'list':
      return (value as readonly unknown[]).map((item) => [name, textOf(item)]);
    case 'object':
      return Object.entries(value).map(([key, member]) => [key, textOf(member)]);
    default:
      return [[name, Object.keys(content).some(isJson) ? JSON.stringify(value) : textOf(value)]];
  }
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function joined(parts: readonly Part[], withNames: boolean, delimiter: string, encode: Encode): string {
  return parts.flatMap(([name, text]) => (withNames ? [name, text] : [text]).map(encode)).join(delimiter);
}

function pairs(parts: readonly Part[], delimiter: string, encode: Encode = encodeURIComponent): string {
  return parts.map(([name, text]) => `${encode(name)}=${encode(text)}`).join(delimiter);
}

/** Returns the query string for an operation's query parameters. */
export function queryOf({ parameters }: Operation, values: ParameterValues): string {
  return parameters
    .flatMap((parameter) => {
      const value = values[parameter.name];
      return parameter.in === 'query' && value !== undefined ? [queryText(parameter, value)] : [];
    })
    .filter((text) => text !== '')
    .join('&');
}
