import { decodeSegment, type JsonSchema, type Operation, type Parameter } from '@firstofficer/openapi';
import type { CompileSchema } from '../description.ts';

/** What parameters are read from. A request of Fastify has all of it. */
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
  readonly cookies: Readonly<Record<string, unknown>>;
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
 * Creates the function that parses and validates the parameters of an operation. A text becomes a number, a boolean or
 * an array if the schema asks for one. A missing parameter gets the default of its schema.
 *
 * @throws Error if a parameter has a serialization that is not supported.
 */
export function createParameterReader(
  operation: Operation,
  compileSchema: CompileSchema,
): (request: ParameterSource) => ParameterValues {
  const createReader = (location: Parameter['in']) => {
    const readers = operation.parameters
      .filter((parameter) => parameter.in === location)
      .map((parameter) => ({ name: parameter.name, parse: createParser(parameter, compileSchema) }));
    return (request: ParameterSource) => {
      if (readers.length === 0) return {};
      const findTexts = LOCATIONS[location].read(request);
      const values = readers.map(({ name, parse }) => [name, parse(findTexts(name))] as const);
      return Object.fromEntries(values.filter(([, value]) => value !== undefined));
    };
  };
  const [path, query, headers, cookies] = [
    createReader('path'),
    createReader('query'),
    createReader('header'),
    createReader('cookie'),
  ];
  return (request) => ({
    path: path(request),
    query: query(request),
    headers: headers(request),
    cookies: cookies(request),
  });
}

/** How the parameters of a location are read from a request. */
interface Location {
  /** Returns a function that finds the texts of a parameter: several if the request repeats it, none if it is missing. */
  read(request: ParameterSource): (name: string) => readonly string[];
  /** Decodes a text. Returns undefined if it is not valid percent-encoded UTF-8. */
  decode(text: string): string | undefined;
}

const LOCATIONS: Readonly<Record<Parameter['in'], Location>> = {
  path: {
    read:
      ({ params }) =>
      (name) => [(params as Readonly<Record<string, string>>)[name] ?? ''],
    decode: (text) => text,
  },
  query: {
    read: ({ raw: { url = '' } }) =>
      groupTexts(url.includes('?') ? url.slice(url.indexOf('?') + 1).split('&') : [], decodeQuery),
    decode: decodeQuery,
  },
  header: {
    read:
      ({ headers }) =>
      (name) => {
        const value = headers[name.toLowerCase()];
        return value === undefined ? [] : [value].flat();
      },
    decode: (text) => text,
  },
  cookie: {
    read: ({ headers: { cookie = '' } }) => groupTexts(String(cookie).split(/; */), (name) => name),
    decode: decodeSegment,
  },
};

/** Decodes a part of a query string. Clients encode a space as `+` or as `%20`. */
function decodeQuery(text: string): string | undefined {
  return decodeSegment(text.replaceAll('+', ' '));
}

/** Groups pairs such as `limit=10` by their name. The texts are not decoded yet. */
function groupTexts(
  pairs: readonly string[],
  decodeName: (text: string) => string | undefined,
): (name: string) => readonly string[] {
  const groups = Map.groupBy(pairs, (pair) => decodeName(pair.split('=', 1)[0] ?? ''));
  return (name) => (groups.get(name) ?? []).map((pair) => pair.slice(pair.indexOf('=') + 1 || pair.length));
}

/** Creates the function that parses and validates the texts of one parameter. */
function createParser(parameter: Parameter, compileSchema: CompileSchema): (texts: readonly string[]) => unknown {
  const { name, in: location, required = false, content } = parameter;
  const schema = parameter.schema ?? content?.['application/json']?.schema ?? {};
  const subject = `The ${location} parameter ${name}`;
  const separator = content ? undefined : findSeparator(parameter, schema);
  const types = listTypes(separator === undefined ? schema : ((schema.items ?? {}) as JsonSchema));
  const validate = compileSchema(schema);
  const decode = (text: string) => {
    const decoded = LOCATIONS[location].decode(text);
    if (decoded === undefined) throw new InvalidRequestError(`${subject} is not percent-encoded UTF-8.`);
    return decoded;
  };

  function parse(texts: readonly string[]): unknown {
    if (separator !== undefined) {
      const items = separator === 'repeated' ? texts : texts.flatMap((text) => text.split(separator));
      return items.map((item) => parseScalar(decode(item), types));
    }
    // It is ambiguous which of several values applies.
    if (texts.length > 1) throw new InvalidRequestError(`${subject} is repeated.`);
    const text = decode(texts[0] ?? '');
    return content ? parseJson(text, subject) : parseScalar(text, types);
  }

  return (texts) => {
    if (texts.length === 0) {
      if (required) throw new InvalidRequestError(`${subject} is missing.`);
      return schema.default;
    }
    const value = parse(texts);
    if (!validate(value)) throw new InvalidRequestError(`${subject} ${validate.errors?.[0]?.message}.`);
    return value;
  };
}

/**
 * Returns the separator of the items of an array, or undefined if the parameter is no array.
 *
 * @throws Error if the serialization is not supported.
 */
function findSeparator(
  { name, in: location, style, explode = location === 'query' || location === 'cookie' }: Parameter,
  schema: JsonSchema,
): RegExp | 'repeated' | undefined {
  const types = listTypes(schema);
  const isForm = location === 'query' || location === 'cookie';
  const separators: Readonly<Record<string, RegExp>> = isForm
    ? { form: /,/, spaceDelimited: /%20|\+/, pipeDelimited: /\||%7c/i }
    : { simple: /\s*,\s*/ };
  const separator = separators[style ?? (isForm ? 'form' : 'simple')];
  if (!separator || types.includes('object')) {
    throw new Error(
      `The ${location} parameter ${name} has the style ${style} or is an object, which is not supported. Describe it by \`content\`.`,
    );
  }
  if (!types.includes('array')) return undefined;
  return isForm && explode && (style ?? 'form') === 'form' ? 'repeated' : separator;
}

/** Parses a text as the number or boolean that the types allow. Returns any other text unchanged. */
function parseScalar(text: string, types: readonly string[]): unknown {
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  const isNumber = types.includes('number') || types.includes('integer');
  if (!isNumber || !/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return text;
  const number = Number(text);
  // Beyond 2^53−1, the number would differ from the integer that the client sent.
  return types.includes('integer') && !Number.isSafeInteger(number) ? text : number;
}

function parseJson(text: string, subject: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidRequestError(`${subject} is not valid JSON.`);
  }
}

/** Lists the types that a schema allows. */
function listTypes({ type, enum: values = [], const: constant, ...schema }: JsonSchema): string[] {
  const combined = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => (schema[keyword] ?? []) as readonly JsonSchema[]);
  const listed = [...(values as readonly unknown[]), constant].filter((value) => value !== undefined && value !== null);
  const own = [type ?? []].flat().map(String);
  return [...own, ...listed.map((value) => typeof value), ...combined.flatMap(listTypes)];
}
