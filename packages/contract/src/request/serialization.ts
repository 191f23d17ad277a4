import type { Operation, Parameter } from '@firstofficer/openapi';
import { isJson } from '../http/exchange.ts';

/**
 * Parameter values by name.
 *
 * @example
 * import type { ParameterValues } from '@firstofficer/contract';
 *
 * const parameters: ParameterValues = { customer: 'cus_1234ABCD', limit: 10 };
 */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A parameter value. The parameter's `style` and `explode` determine how lists and objects are serialized. */
export type ParameterValue = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;

const DELIMITERS: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '%7C' };

/** Serializes and percent-encodes a path parameter (RFC 6570, as in OpenAPI). */
export function serializePathParameter(parameter: Parameter, value: ParameterValue): string {
  const { name, style = 'simple', explode = false } = parameter;
  const { parts, isObject } = splitValue(parameter, value);
  const list = joinParts(parts, { withNames: isObject });
  switch (style) {
    case 'matrix':
      return explode ? `;${joinPairs(parts, ';')}` : `;${encodeURIComponent(name)}=${list}`;
    case 'label':
      if (!explode) return `.${list}`;
      return `.${isObject ? joinPairs(parts, '.') : joinParts(parts, { withNames: false, delimiter: '.' })}`;
    default:
      return explode && isObject ? joinPairs(parts, ',') : list;
  }
}

/** Serializes and percent-encodes a query parameter: zero or more of `name=value`, joined by `&`. */
export function serializeQueryParameter(parameter: Parameter, value: ParameterValue): string {
  const { name, style = 'form', explode = style === 'form' } = parameter;
  const { parts, isObject } = splitValue(parameter, value);
  if (style === 'deepObject') {
    const members = parts.map(([key, text]): Part => [`${name}[${key}]`, text]);
    return joinPairs(members, '&');
  }
  if (explode) return joinPairs(parts, '&');
  return `${encodeURIComponent(name)}=${joinParts(parts, { withNames: isObject, delimiter: DELIMITERS[style] })}`;
}

/** Serializes the query parameters of an operation. */
export function serializeQuery({ parameters }: Operation, values: ParameterValues): string {
  return parameters
    .flatMap((parameter) => {
      const value = values[parameter.name];
      return parameter.in === 'query' && value !== undefined ? [serializeQueryParameter(parameter, value)] : [];
    })
    .filter((text) => text !== '')
    .join('&');
}

/** Serializes a header parameter. Headers are not percent-encoded. */
export function serializeHeader(parameter: Parameter, value: ParameterValue): string {
  const { parts, isObject } = splitValue(parameter, value);
  const encode = (text: string) => text;
  return parameter.explode && isObject
    ? joinPairs(parts, ',', encode)
    : joinParts(parts, { withNames: isObject, encode });
}

/** Serializes a cookie parameter: one or more of `name=value`. */
export function serializeCookie(parameter: Parameter, value: ParameterValue): string {
  const { name, explode = true } = parameter;
  const { parts, isObject } = splitValue(parameter, value);
  return explode && isObject ? joinPairs(parts, '; ') : `${name}=${joinParts(parts, { withNames: isObject })}`;
}

/** An item of a list or a member of an object. An item has the name of the parameter. */
type Part = readonly [name: string, text: string];

/** Splits a list or an object. Other values, and parameters with `content`, are a single text. */
function splitValue({ name, content }: Parameter, value: ParameterValue): { parts: Part[]; isObject: boolean } {
  if (content || typeof value !== 'object') {
    const isJsonText = Object.keys(content ?? {}).some(isJson);
    return { parts: [[name, isJsonText ? JSON.stringify(value) : formatText(value)]], isObject: false };
  }
  if (Array.isArray(value)) return { parts: value.map((item) => [name, formatText(item)]), isObject: false };
  return { parts: Object.entries(value).map(([key, member]) => [key, formatText(member)]), isObject: true };
}

function formatText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

interface JoinOptions {
  readonly withNames: boolean;
  /** Default: a comma. */
  readonly delimiter?: string | undefined;
  readonly encode?: (text: string) => string;
}

function joinParts(parts: readonly Part[], options: JoinOptions): string {
  const { withNames, delimiter = ',', encode = encodeURIComponent } = options;
  return parts.flatMap(([name, text]) => (withNames ? [name, text] : [text]).map(encode)).join(delimiter);
}

function joinPairs(parts: readonly Part[], delimiter: string, encode: JoinOptions['encode'] = encodeURIComponent) {
  return parts.map(([name, text]) => `${encode(name)}=${encode(text)}`).join(delimiter);
}
