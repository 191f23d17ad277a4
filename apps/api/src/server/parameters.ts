import { decodeSegment, type JsonSchema, type Operation, type Parameter } from '@firstofficer/openapi';
import type { CompileSchema } from '../description.ts';

/** The parts of a request that contain parameters. Fastify's requests have all of them. */
interface ParameterSource {
  /** The path parameters, already decoded. */
  readonly params: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly raw: { readonly url?: string | undefined };
}

/** The parameters of a request, by name as in the description. */
export interface ParameterValues {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A request that violates the description. The message contains no values of the request. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  /** The status of the response. */
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/**
 * Creates the function that parses and validates the parameters of an operation. It parses numbers, booleans and arrays
 * if the schema allows them. A missing parameter gets the default of its schema. The function returns an error instead of
 * throwing it, because throwing takes a tenth of the time of a request.
 *
 * @throws Error if a parameter has a location, style or type that is not supported.
 */
export function createParameterReader(
  { parameters }: Operation,
  compileSchema: CompileSchema,
): (request: ParameterSource) => ParameterValues | InvalidRequestError {
  const parsers = parameters.map((parameter) => ({ ...parameter, parse: createParser(parameter, compileSchema) }));
  const hasQuery = parameters.some((parameter) => parameter.in === 'query');
  return (request) => {
    const pairs = hasQuery ? groupQuery(request.raw.url ?? '') : NO_PAIRS;
    const values: Values = { path: {}, query: {}, header: {} };
    for (const parser of parsers) {
      const value = parser.parse(findTexts(parser, request, pairs));
      if (value instanceof InvalidRequestError) return value;
      // `createParser` does not support cookies.
      if (value !== undefined) values[parser.in as keyof Values][parser.name] = value;
    }
    return { path: values.path, query: values.query, headers: values.header };
  };
}

type Values = Record<'path' | 'query' | 'header', Record<string, unknown>>;

/** The pairs of a query string, such as `limit=10`, by their decoded name. The values are not decoded yet. */
type QueryPairs = ReadonlyMap<string | undefined, readonly string[]>;

const NO_PAIRS: QueryPairs = new Map();

/** The decoded texts of a parameter: several if the request repeats it; undefined if one is not percent-encoded UTF-8. */
type Texts = readonly (string | undefined)[];

function findTexts({ in: location, name }: Parameter, { params, headers }: ParameterSource, pairs: QueryPairs): Texts {
  switch (location) {
    case 'path':
      return [(params as Readonly<Record<string, string>>)[name] ?? ''];
    case 'query':
      return (pairs.get(name) ?? []).map((pair) => decodeQuery(pair.slice(pair.indexOf('=') + 1 || pair.length)));
    default:
      return [headers[name.toLowerCase()] ?? []].flat();
  }
}

function groupQuery(url: string): QueryPairs {
  const start = url.indexOf('?');
  const pairs = start < 0 ? [] : url.slice(start + 1).split('&');
  return Map.groupBy(pairs, (pair) => decodeQuery(pair.split('=', 1)[0] ?? ''));
}

/** Decodes a part of a query string. Clients encode a space as `+` or as `%20`. */
function decodeQuery(text: string): string | undefined {
  return decodeSegment(text.replaceAll('+', ' '));
}

/** Creates the function that parses and validates the texts of one parameter. It returns an error if they are invalid. */
function createParser(parameter: Parameter, compileSchema: CompileSchema): (texts: Texts) => unknown {
  const { name, in: location, required = false, schema = {} } = parameter;
  const subject = `The ${location} parameter ${name}`;
  const types = listTypes(schema);
  if (!isSupported(parameter, types)) {
    throw new Error(
      `${subject} is not supported. A parameter must be a string, number or boolean in a path, query or header, or an array in a query, in the default style.`,
    );
  }
  const isArray = types.includes('array');
  const itemTypes = isArray ? listTypes((schema.items ?? {}) as JsonSchema) : types;
  const validate = compileSchema(schema);

  return (texts) => {
    if (texts.length === 0) return required ? new InvalidRequestError(`${subject} is missing.`) : schema.default;
    // It is ambiguous which of several values applies.
    if (texts.length > 1 && !isArray) return new InvalidRequestError(`${subject} is repeated.`);
    if (texts.includes(undefined)) return new InvalidRequestError(`${subject} is not percent-encoded UTF-8.`);
    const values = texts.map((text = '') => parseText(text, itemTypes));
    const value = isArray ? values : values[0];
    return validate(value) ? value : new InvalidRequestError(`${subject} ${validate.errors?.[0]?.message}.`);
  };
}

function isSupported({ in: location, style, explode = true, content }: Parameter, types: readonly string[]): boolean {
  const defaultStyle = location === 'query' ? 'form' : 'simple';
  if (location === 'cookie' || content || types.includes('object') || (style ?? defaultStyle) !== defaultStyle)
    return false;
  return !types.includes('array') || (location === 'query' && explode);
}

/** Parses a text as the number or boolean that the types allow. Returns any other text unchanged. */
function parseText(text: string, types: readonly string[]): unknown {
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  const isNumber = types.includes('number') || types.includes('integer');
  if (!isNumber || !/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return text;
  const number = Number(text);
  // Beyond 2^53−1, the number would differ from the integer that the client sent.
  return types.includes('integer') && !Number.isSafeInteger(number) ? text : number;
}

/** Lists the types that a schema allows. */
function listTypes({ type, enum: values = [], const: constant, ...schema }: JsonSchema): string[] {
  const combined = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => (schema[keyword] ?? []) as readonly JsonSchema[]);
  const listed = [...(values as readonly unknown[]), constant].filter((value) => value !== undefined && value !== null);
  const own = [type ?? []].flat().map(String);
  return [...own, ...listed.map((value) => typeof value), ...combined.flatMap(listTypes)];
}
