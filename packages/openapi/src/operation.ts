import type { Deprecation } from './deprecation.ts';
import type { LocateFunction } from './location.ts';

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
  /** Only if the operation is deprecated. `readDeprecation` reads the one of a parameter, a header or a schema. */
  readonly deprecation?: Deprecation;
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
