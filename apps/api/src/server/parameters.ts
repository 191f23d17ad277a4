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
 * if the schema allows them. A missing parameter gets the default of its schema.
 *
 * @throws Error if a parameter has a location, style or type that is not supported.
 */
export function createParameterReader(
  { parameters }: Operation,
  compileSchema: CompileSchema,
): (request: ParameterSource) => ParameterValues {
  const parsers = parameters.map((parameter) => ({ ...parameter, parse: createParser(parameter, compileSchema) }));
  const path = createLocationReader(parsers, 'path', findPathTexts);
  const query = createLocationReader(parsers, 'query', findQueryTexts);
  const headers = createLocationReader(parsers, 'header', findHeaderTexts);
  return (request) => ({ path: path(request), query: query(request), headers: headers(request) });
}

/** The decoded texts of a parameter: several if the request repeats it; undefined if one is not percent-encoded UTF-8. */
type Texts = readonly (string | undefined)[];

/** Returns a function that finds the texts of a parameter in a request. */
type FindTexts = (request: ParameterSource) => (name: string) => Texts;

interface ParameterParser extends Pick<Parameter, 'name' | 'in'> {
  readonly parse: (texts: Texts) => unknown;
}

const NO_PARAMETERS = Object.freeze({});

function createLocationReader(
  parsers: readonly ParameterParser[],
  location: Parameter['in'],
  findTexts: FindTexts,
): (request: ParameterSource) => Readonly<Record<string, unknown>> {
  const own = parsers.filter((parser) => parser.in === location);
  if (own.length === 0) return () => NO_PARAMETERS;
  return (request) => {
    const find = findTexts(request);
    const values: Record<string, unknown> = {};
    for (const { name, parse } of own) {
      const value = parse(find(name));
      if (value !== undefined) values[name] = value;
    }
    return values;
  };
}

const findPathTexts: FindTexts =
  ({ params }) =>
  (name) => [(params as Readonly<Record<string, string>>)[name] ?? ''];

const findHeaderTexts: FindTexts =
  ({ headers }) =>
  (name) => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? [] : [value].flat();
  };

const findQueryTexts: FindTexts = ({ raw: { url = '' } }) => {
  const start = url.indexOf('?');
  const pairs = start < 0 ? [] : url.slice(start + 1).split('&');
  const groups = Map.groupBy(pairs, (pair) => decodeQuery(pair.split('=', 1)[0] ?? ''));
  return (name) =>
    (groups.get(name) ?? []).map((pair) => decodeQuery(pair.slice(pair.indexOf('=') + 1 || pair.length)));
};

/** Decodes a part of a query string. Clients encode a space as `+` or as `%20`. */
function decodeQuery(text: string): string | undefined {
  return decodeSegment(text.replaceAll('+', ' '));
}

/** Creates the function that parses and validates the texts of one parameter. */
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
    if (texts.length === 0) {
      if (required) throw new InvalidRequestError(`${subject} is missing.`);
      return schema.default;
    }
    // It is ambiguous which of several values applies.
    if (texts.length > 1 && !isArray) throw new InvalidRequestError(`${subject} is repeated.`);
    const values = texts.map((text) => {
      if (text === undefined) throw new InvalidRequestError(`${subject} is not percent-encoded UTF-8.`);
      return parseText(text, itemTypes);
    });
    const value = isArray ? values : values[0];
    if (!validate(value)) throw new InvalidRequestError(`${subject} ${validate.errors?.[0]?.message}.`);
    return value;
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
