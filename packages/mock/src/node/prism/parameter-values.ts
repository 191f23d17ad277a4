import { asObject, type Parameter } from '@firstofficer/openapi';
import { parseJson } from '../../engine/json.ts';
import { isJsonType } from '../../engine/media-type.ts';
import { listProperties, listTypes } from './forms.ts';

/** The values of a request in which parameters are found. All are decoded. */
export interface ParameterSources {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[]>>;
  /** The headers, by name in lowercase. */
  readonly header: Readonly<Record<string, string>>;
  readonly cookie: Readonly<Record<string, string>>;
}

/** The value of a parameter, or why its text cannot be parsed. Neither if the request does not have the parameter. */
export interface ParsedParameter {
  readonly value?: unknown;
  readonly fault?: string;
}

/** How the values of a parameter are serialized. */
interface Serialization {
  readonly name: string;
  readonly shape: 'array' | 'object' | 'text';
  readonly style: string;
  readonly explode: boolean;
}

/**
 * Parses a parameter of a request according to its style: arrays and objects instead of text. Prism fails if a text does
 * not have the documented style, and if an optional object is missing.
 *
 * The items and members stay text. The validation converts them into the types of the schema.
 */
export function parseParameter(parameter: Parameter, sources: ParameterSources): ParsedParameter {
  const parsed = parseValue(parameter, sources);
  // Prism ignores empty values.
  return parsed.value === '' && !canBeEmpty(parameter) ? { fault: 'must not be empty' } : parsed;
}

function canBeEmpty(parameter: Parameter): boolean {
  const types = listTypes(parameter.schema);
  const hasEmptyValue = types.length === 0 || types.includes('string') || types.includes('null');
  return hasEmptyValue || asObject(parameter).allowEmptyValue === true;
}

function parseValue(parameter: Parameter, sources: ParameterSources): ParsedParameter {
  const { in: location, content } = parameter;
  if (content) return parseContent(readText(parameter, sources), Object.keys(content)[0]);
  const serialization = readSerialization(parameter);
  if (location === 'query') return { value: parseQuery(serialization, sources.query, parameter) };
  const text = readText(parameter, sources);
  return text === undefined ? {} : parseText(text, serialization);
}

/** Returns whether each member of a parameter is a query parameter of its own. */
export function isExplodedObject(parameter: Parameter): boolean {
  const { shape, style, explode } = readSerialization(parameter);
  return parameter.in === 'query' && shape === 'object' && style === 'form' && explode;
}

function readSerialization(parameter: Parameter): Serialization {
  const { name, in: location, schema } = parameter;
  const { style = location === 'query' || location === 'cookie' ? 'form' : 'simple' } = parameter;
  const { explode = style === 'form' } = parameter;
  return { name, shape: findShape(schema), style, explode };
}

function readText({ in: location, name }: Parameter, sources: ParameterSources): string | undefined {
  if (location === 'querystring') return undefined;
  const key = location === 'header' ? name.toLowerCase() : name;
  const value = Object.hasOwn(sources[location], key) ? sources[location][key] : undefined;
  return typeof value === 'object' ? value.at(-1) : value;
}

function parseContent(text: string | undefined, mediaType = ''): ParsedParameter {
  if (text === undefined || !isJsonType(mediaType)) return { value: text };
  const value = parseJson(text);
  return value === undefined ? { fault: 'is not valid JSON' } : { value };
}

/** Returns whether the values of a schema are arrays, objects or something else. Text is always possible as it is. */
function findShape(schema: unknown): Serialization['shape'] {
  const types = listTypes(schema);
  if (types.includes('string')) return 'text';
  if (types.includes('array')) return 'array';
  return types.includes('object') ? 'object' : 'text';
}

const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' };

function parseQuery(
  serialization: Serialization,
  query: ParameterSources['query'],
  { schema, required }: Parameter,
): unknown {
  const { name, shape, style, explode } = serialization;
  if (style === 'deepObject') return parseDeepObject(name, query, schema);
  if (shape === 'object' && explode) {
    const members = pickMembers(query, Object.keys(listProperties(schema)));
    // The members that a required object lacks are missing, not the object.
    return required ? { ...members } : members;
  }
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  if (value === undefined || shape === 'text') return value;
  const values = typeof value === 'string' ? [value] : value;
  if (shape === 'array' && (explode || values.length > 1)) return values;
  return parseList((values[0] ?? '').split(SEPARATORS[style] ?? ','), { shape, explode: false });
}

function pickMembers(query: ParameterSources['query'], names: readonly string[]): object | undefined {
  const members = names.filter((name) => Object.hasOwn(query, name));
  return members.length === 0 ? undefined : Object.fromEntries(members.map((name) => [name, query[name]]));
}

/** Returns the object of the query parameters `name[a]` and `name[b][c]`; undefined if there are none. */
function parseDeepObject(name: string, query: ParameterSources['query'], schema: unknown): unknown {
  const parts = Object.entries(query).flatMap(([key, value]) => {
    const [, member, rest = ''] = key.startsWith(name) ? (/^\[([^\]]*)\](.*)$/.exec(key.slice(name.length)) ?? []) : [];
    return member === undefined ? [] : [{ member, rest, value }];
  });
  const groups = Map.groupBy(parts, ({ member }) => member);
  if (groups.size === 0) return undefined;
  const schemas = listProperties(schema);
  const members = [...groups].map(([member, group]): [string, unknown] => {
    const [{ rest, value } = { rest: '', value: '' }] = group;
    const isList = listTypes(schemas[member]).includes('array');
    if (rest === '' || rest === '[]') return [member, isList && typeof value === 'string' ? [value] : value];
    const entries = group.map((part) => [part.rest, part.value] as const);
    const nested = asObject(parseDeepObject('', Object.fromEntries(entries), schemas[member]));
    return [member, isList ? Object.values(nested) : nested];
  });
  return Object.fromEntries(members);
}

/** Parses the text of a path, header or cookie parameter. */
function parseText(text: string, { name, shape, style, explode }: Serialization): ParsedParameter {
  const isExploded = explode && shape !== 'text';
  const [prefix, separator] =
    style === 'label'
      ? ['.', isExploded ? '.' : ',']
      : style === 'matrix'
        ? [isExploded && shape === 'object' ? ';' : `;${name}=`, isExploded ? ';' : ',']
        : ['', ','];
  if (!text.startsWith(prefix)) return { fault: `must begin with "${prefix}"` };
  const rest = text.slice(prefix.length);
  if (shape === 'text') return { value: rest };
  const items = rest === '' ? [] : rest.split(separator).map((item) => item.trim());
  const isNamed = style === 'matrix' && isExploded && shape === 'array';
  const values = isNamed
    ? items.map((item) => (item.startsWith(`${name}=`) ? item.slice(name.length + 1) : item))
    : items;
  return { value: parseList(values, { shape, explode: isExploded }) };
}

function parseList(items: readonly string[], { shape, explode }: Pick<Serialization, 'shape' | 'explode'>): unknown {
  if (shape === 'array') return items;
  if (!explode)
    return Object.fromEntries(items.flatMap((item, index) => (index % 2 ? [] : [[item, items[index + 1]]])));
  return Object.fromEntries(
    items.map((item): [string, string] => {
      const [name = '', ...value] = item.split('=');
      return [name, value.join('=')];
    }),
  );
}
