import { bundle, dereference } from '@apidevtools/json-schema-ref-parser';
import { type JsonObject, listOperations, type OperationEntry } from './document.ts';
import { restoreMembers } from './hidden.ts';
import { createLocateFunction, type LocateFunction } from './location.ts';
import { hideRecursiveReferences } from './recursion.ts';
import { createParserOptions, readSource } from './source.ts';
import { upgradeDescription } from './upgrade.ts';

/**
 * A JSON Schema 2020-12 object, the dialect of OpenAPI 3.1.
 *
 * @example
 * const schema: JsonSchema = { type: 'string', minLength: 1 };
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A named example of a parameter or of a body.
 *
 * @example
 * const example: Example = { summary: 'By Stripe ID', value: 'cus_1234ABCD' };
 */
export interface Example {
  readonly summary?: string;
  readonly value?: unknown;
}

/**
 * A path, query, header or cookie parameter. A `querystring` parameter (OpenAPI 3.2) is the whole query string.
 *
 * @example
 * const parameter: Parameter = { name: 'customer', in: 'path', required: true };
 */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  readonly required?: boolean;
  readonly schema?: JsonSchema;
  /** How a value is serialized, such as `form` or `deepObject`. If undefined, the default of the location applies. */
  readonly style?: string;
  /** Whether array items and object members become separate values. If undefined, the default of the style applies. */
  readonly explode?: boolean;
  /** The content type of the value, as a single entry. It is an alternative to `schema`. */
  readonly content?: Readonly<Record<string, MediaType>>;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
}

/**
 * A response header.
 *
 * @example
 * const header: Header = { required: true, schema: { type: 'string' } };
 */
export interface Header {
  readonly required?: boolean;
  readonly schema?: JsonSchema;
  /** How a value is serialized. Headers have only the style `simple`. */
  readonly style?: string;
  /** Whether object members are serialized as `name=value`. Default: `name,value`. */
  readonly explode?: boolean;
  /** The content type of the value, as a single entry. It is an alternative to `schema`. */
  readonly content?: Readonly<Record<string, MediaType>>;
  readonly example?: unknown;
}

/**
 * A body in one content type.
 *
 * @example
 * const mediaType: MediaType = { schema: { type: 'object' }, examples: { empty: { value: {} } } };
 */
export interface MediaType {
  readonly schema?: JsonSchema;
  /** The schema of each item of a stream, such as `application/jsonl` or `text/event-stream` (OpenAPI 3.2). */
  readonly itemSchema?: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
  /** How the members of a form are serialized, by name. */
  readonly encoding?: Readonly<Record<string, Encoding>>;
}

/**
 * How a member of a form is serialized.
 *
 * @example
 * const encoding: Encoding = { contentType: 'image/png' };
 */
export interface Encoding {
  readonly contentType?: string;
  readonly style?: string;
  readonly explode?: boolean;
}

/**
 * The body of a request.
 *
 * @example
 * const body: RequestBody = { required: true, content: { 'application/json': { schema: { type: 'object' } } } };
 */
export interface RequestBody {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, MediaType>>;
}

/**
 * An OpenAPI Link Object: a follow-up request whose parameters come from a response.
 *
 * @example
 * const link: Link = { operationId: 'retrieveCustomer', parameters: { customer: '$response.body#/id' } };
 */
export interface Link {
  readonly operationId?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/**
 * The documented response of an operation for one status.
 *
 * @example
 * const response: Response = { description: 'Gone.', content: {} };
 */
export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, MediaType>>;
  readonly links?: Readonly<Record<string, Link>>;
}

/**
 * A security scheme: how a request carries credentials.
 *
 * @example
 * const scheme: SecurityScheme = { type: 'http', scheme: 'basic' };
 */
export interface SecurityScheme {
  readonly type: string;
  readonly scheme?: string;
  readonly in?: string;
  readonly name?: string;
}

/**
 * An operation: one method of one path.
 *
 * @example
 * const [operation]: readonly Operation[] = description.operations;
 */
export interface Operation {
  /** The operationId, or method and path if the description has no operationId. */
  readonly id: string;
  /** The HTTP method in uppercase. */
  readonly method: string;
  /** The path template, such as `/v2/customers/{customer}`. */
  readonly path: string;
  /** The parameters of the operation and of its path, without headers that are part of HTTP, such as If-None-Match. */
  readonly parameters: readonly Parameter[];
  /** The responses, by status as written in the description, such as `200`, `4XX` or `default`. */
  readonly responses: Readonly<Record<string, Response>>;
  /** The request body, or undefined if requests have none. */
  readonly requestBody: RequestBody | undefined;
  /** Whether the operation has callbacks: requests that the API sends to the client. */
  readonly hasCallbacks: boolean;
  /**
   * The alternative security requirements. Each contains the schemes, by name, that a request must satisfy together.
   * An empty list or an empty requirement means that no key is required.
   */
  readonly security: readonly Readonly<Record<string, SecurityScheme>>[];
  /** The Operation Object of the description. Pass it to {@link Description.locate} to find its location. */
  readonly definition: object;
}

/**
 * An OpenAPI description with its references resolved.
 *
 * @example
 * const description: Description = await loadDescription('openapi.yaml');
 */
export interface Description {
  /** The parsed document. */
  readonly document: Readonly<Record<string, unknown>>;
  /** All operations, in the order of the document. */
  readonly operations: readonly Operation[];
  /** The names of the webhooks: requests that the API sends. They are not among the operations. */
  readonly webhooks: readonly string[];
  /** Returns the location of an object of the description, or of a member below it, in the file. */
  readonly locate: LocateFunction;
}

interface OperationObject {
  readonly operationId?: string;
  readonly requestBody?: RequestBody;
  readonly callbacks?: unknown;
  readonly responses?: Readonly<Record<string, Response>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

interface Document extends JsonObject {
  readonly openapi?: unknown;
  readonly security?: OperationObject['security'];
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
}

// OpenAPI ignores header parameters with these names, because it describes these headers in other ways.
const IGNORED_HEADER_PARAMETERS = ['accept', 'content-type', 'authorization'];

/** Returns whether a parameter is part of how HTTP works and not input of the operation. */
function isIgnored({ name, in: location, required }: Parameter, method: string): boolean {
  if (location !== 'header') return false;
  // A cache can add this header to any GET, and the response has the same content or is a 304.
  const isCondition = name.toLowerCase() === 'if-none-match' && method === 'GET' && !required;
  return isCondition || IGNORED_HEADER_PARAMETERS.includes(name.toLowerCase());
}

/**
 * Reads an OpenAPI 3.0, 3.1 or 3.2 description in YAML or JSON, and resolves its references. Returns 3.0 and 3.2 in the
 * form of 3.1: for example, `nullable` becomes a type. References in extensions (`x-…`) stay unresolved.
 *
 * @param location - The path of the description, or its `file:`, `http:` or `https:` URL.
 * @throws Error if the description cannot be read, is not YAML, is not OpenAPI 3, or contains a reference to something
 * that does not exist.
 * @example
 * const { operations } = await loadDescription(new URL('openapi.yaml', import.meta.url));
 */
export async function loadDescription(location: string | URL): Promise<Description> {
  const source = await readSource(location);
  const options = createParserOptions(source);
  // Recursive references are not resolved. Bundling first turns references to other files into references within this
  // document, so that readers can follow the recursive ones.
  const bundled: Record<string, unknown> = await bundle(source.base, options);
  upgradeDescription(bundled, source.name);
  const { hasOtherReferences } = hideRecursiveReferences(bundled);
  // The option 'ignore' visits objects again for each reference to them, which takes minutes for large descriptions.
  const circular = hasOtherReferences ? 'ignore' : true;
  const document: Document = await dereference(source.base, bundled, { dereference: { circular, maxDepth: 5000 } });
  restoreMembers(document);
  const entries = listOperations(document);
  return {
    document,
    operations: entries.filter(({ isIncoming }) => !isIncoming).map((entry) => readOperation(document, entry)),
    webhooks: [...new Set(entries.filter(({ isIncoming }) => isIncoming).map(({ path }) => path))],
    locate: createLocateFunction(source, document),
  };
}

function readOperation(document: Document, { method, path, parameters, definition }: OperationEntry): Operation {
  const { operationId, responses, requestBody, callbacks, security } = definition as OperationObject;
  // Nothing here validates the document: the linter does.
  const unchecked: readonly object[] = parameters;
  return {
    id: operationId ?? `${method} ${path}`,
    method,
    path,
    parameters: (unchecked as readonly Parameter[]).filter((parameter) => !isIgnored(parameter, method)),
    responses: removeExtensions(responses ?? {}),
    requestBody,
    hasCallbacks: callbacks !== undefined,
    security: (security ?? document.security ?? []).map((requirement) =>
      Object.fromEntries(Object.keys(requirement).map((name) => [name, findSecurityScheme(document, name)])),
    ),
    definition,
  };
}

function removeExtensions<T>(members: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !name.startsWith('x-')));
}

function findSecurityScheme({ components }: Document, name: string): SecurityScheme {
  const scheme = components?.securitySchemes?.[name];
  // Omitting the scheme would make the operation accept requests without credentials.
  if (!scheme) {
    throw new Error(
      `The description requires the security scheme "${name}", but components.securitySchemes does not define it.`,
    );
  }
  return scheme;
}

/** A documented response of an operation. */
interface DocumentedResponse {
  /** The status as written in the description, such as `200`, `4XX` or `default`. */
  readonly status: string;
  readonly response: Response;
}

/**
 * Returns the documented response for a status: the response of the status itself, of its class (`4XX`), or `default`.
 *
 * @returns undefined if none of them is documented.
 * @example
 * findResponse(retrieveCustomer, 404); // { status: '404', response: { description: '…', content: … } }
 */
export function findResponse({ responses }: Operation, status: number): DocumentedResponse | undefined {
  const code = String(status);
  // OpenAPI requires status classes in uppercase, but some descriptions write them in lowercase.
  const candidates = [code, `${code[0]}XX`, `${code[0]}xx`, 'default'];
  for (const candidate of candidates) {
    const response = responses[candidate];
    if (response) return { status: candidate, response };
  }
  return undefined;
}
