import { fileURLToPath } from 'node:url';
import { bundle, dereference } from '@apidevtools/json-schema-ref-parser';
import { createLocate, type Locate } from './location.ts';

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
 * A path, query, header or cookie parameter.
 *
 * @example
 * const parameter: Parameter = { name: 'customer', in: 'path', required: true };
 */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: JsonSchema;
  /** How a value becomes text, such as `form` or `deepObject`; undefined: as is usual in its place. */
  readonly style?: string;
  /** Whether each item of a list, or member of an object, stands for itself; undefined: as is usual for the style. */
  readonly explode?: boolean;
  /** The one content type in which the value is written, instead of a schema. */
  readonly content?: Readonly<Record<string, MediaType>>;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
}

/**
 * A header that a response carries.
 *
 * @example
 * const header: Header = { required: true, schema: { type: 'string' } };
 */
export interface Header {
  readonly required?: boolean;
  readonly schema?: JsonSchema;
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
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
}

/**
 * The body that a request has.
 *
 * @example
 * const body: RequestBody = { required: true, content: { 'application/json': { schema: { type: 'object' } } } };
 */
export interface RequestBody {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, MediaType>>;
}

/**
 * A further request that a response makes possible.
 *
 * @example
 * const link: Link = { operationId: 'retrieveCustomer', parameters: { customer: '$response.body#/id' } };
 */
export interface Link {
  readonly operationId?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/**
 * What an operation answers with one status.
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
 * A way to present credentials.
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
 * One method of one path.
 *
 * @example
 * const [operation]: readonly Operation[] = description.operations;
 */
export interface Operation {
  /** The operationId, or method and path where the description gives none. */
  readonly id: string;
  /** Upper case, as it is sent. */
  readonly method: string;
  /** The path template, such as `/v2/customers/{customer}`. */
  readonly path: string;
  /** The operation's own parameters and those of its path. */
  readonly parameters: readonly Parameter[];
  /** By status code as the description writes it, such as `200`. */
  readonly responses: Readonly<Record<string, Response>>;
  /** The body of a request; undefined if it has none. */
  readonly requestBody: RequestBody | undefined;
  /** Whether the API sends requests of its own in turn. */
  readonly callsBack: boolean;
  /** Alternatives, each a set of schemes by name that must all be met; an empty set or none at all: no key is needed. */
  readonly security: readonly Readonly<Record<string, SecurityScheme>>[];
  /** The operation as it stands in the description, by which its place can be found. */
  readonly definition: object;
}

/**
 * An OpenAPI description with every `$ref` resolved.
 *
 * @example
 * const description: Description = await loadDescription('openapi.yaml');
 */
export interface Description {
  /** The document as parsed. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Every operation, in the order of the document. */
  readonly operations: readonly Operation[];
  /** Finds where an object of the description stands in its file, or a member below one. */
  readonly locate: Locate;
}

interface PathItem {
  readonly parameters?: readonly Parameter[];
  readonly [method: string]: unknown;
}

interface OperationObject {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly callbacks?: unknown;
  readonly responses?: Readonly<Record<string, Response>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

interface Document {
  readonly openapi?: unknown;
  readonly paths?: Readonly<Record<string, PathItem | null>>;
  readonly security?: OperationObject['security'];
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
}

// OpenAPI has words of its own for these, and ignores parameters by their names.
const NO_PARAMETERS = ['accept', 'content-type', 'authorization'];

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Reads an OpenAPI 3.1 description, YAML or JSON, and resolves its references.
 *
 * @param file - Path or `file:` URL of the description.
 * @throws Error if the file cannot be read, is not YAML, is not OpenAPI 3.1, or refers to what it does not define.
 * @example
 * const { operations } = await loadDescription(new URL('openapi.yaml', import.meta.url));
 */
export async function loadDescription(file: string | URL): Promise<Description> {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  // References that lead back to themselves stay as they are: no tree can hold them. Those into other files must lead
  // into this one first, or nobody could follow them any more.
  const document: Document = await dereference(path, await bundle(path), { dereference: { circular: 'ignore' } });
  if (typeof document.openapi !== 'string' || !document.openapi.startsWith('3.1.')) {
    throw new Error(`${path} is not an OpenAPI 3.1 description: its member "openapi" should begin with 3.1.`);
  }
  const operations = Object.entries(document.paths ?? {}).flatMap(([template, item]) =>
    METHODS.filter((method) => item?.[method]).map((method) => readOperation(document, template, item ?? {}, method)),
  );
  return {
    document: document as Readonly<Record<string, unknown>>,
    operations,
    locate: await createLocate(path, document),
  };
}

function readOperation(document: Document, path: string, item: PathItem, method: string): Operation {
  const operation = item[method] as OperationObject;
  const own = operation.parameters ?? [];
  const inherited = (item.parameters ?? []).filter(
    (parameter) => !own.some(({ name, in: place }) => name === parameter.name && place === parameter.in),
  );
  return {
    id: operation.operationId ?? `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    parameters: [...inherited, ...own].filter(
      ({ name, in: place }) => place !== 'header' || !NO_PARAMETERS.includes(name.toLowerCase()),
    ),
    responses: withoutExtensions(operation.responses ?? {}),
    requestBody: operation.requestBody,
    callsBack: operation.callbacks !== undefined,
    security: (operation.security ?? document.security ?? []).map((requirement) =>
      Object.fromEntries(Object.keys(requirement).map((name) => [name, schemeOf(document, name)])),
    ),
    definition: operation,
  };
}

function withoutExtensions<T>(members: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !name.startsWith('x-')));
}

function schemeOf({ components }: Document, name: string): SecurityScheme {
  const scheme = components?.securitySchemes?.[name];
  // Leaving it out would turn "needs this" into "needs nothing".
  if (!scheme) throw new Error(`The description requires the security scheme "${name}" but does not define it.`);
  return scheme;
}
