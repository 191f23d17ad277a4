import { asObject, type Description, hideExtensions, type Operation, type Parameter } from '@firstofficer/openapi';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { isJsonType } from '../../engine/media-type.ts';
import { createBodySchema } from './body-schema.ts';
import { createGeneratorSchema } from './generator-schema.ts';
import { cutRecursion, replaceReferences } from './recursion.ts';

/** An operation in the form of Prism. Its schemas refer to recursive schemas in `__bundled__`. */
export type Resource = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number] & {
  readonly __bundled__?: unknown;
};

type Body = NonNullable<NonNullable<Resource['request']>['body']>;
/** A schema in the form of Prism. */
export type Schema = NonNullable<NonNullable<Body['contents']>[number]['schema']>;

/** An operation in the forms in which Prism needs it. */
export interface OperationResources {
  readonly resource: Resource;
  /** The operation for the generator, and the one to validate response bodies. */
  readonly forGenerator: Resource;
  readonly forBody: Resource;
  /**
   * Returns the operation for a request that has all parameters in its query, with the names of {@link nameParameter}. Its
   * body is `{ body: value }` in JSON: Prism takes `false`, `0`, `""` and `null` for a missing body.
   */
  forRequest(request: RequestForm): Resource;
  /** Returns the schema of the body of a response to validate it. It is the same object each time. */
  findBodySchema(key: string, mediaType: string | undefined): Schema | undefined;
  /** Returns the schema of the body of a response for the generator. */
  findGeneratorSchema(key: string, mediaType: string | undefined): Schema | undefined;
}

/** Which request an operation is needed for. */
interface RequestForm {
  /** The documented content type of the body; undefined without a body. */
  readonly mediaType: string | undefined;
  /** The names of the parameters of the request. */
  readonly names: readonly string[];
}

/** Returns the name of a parameter for Prism, which changes names to lowercase and has one list for each location. */
export function nameParameter(index: number): string {
  return `parameter${index}`;
}

// The dialect of the schemas of OpenAPI 3.1, which all descriptions have when they are loaded.
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const METHODS_OF_PRISM = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/**
 * Returns a function that finds an operation in the form of Prism.
 *
 * Prism does not know methods such as QUERY, which OpenAPI has since version 3.2. It gets such an operation as the POST of
 * a path of its own.
 */
export async function loadResources({
  document,
  operations,
}: Description): Promise<(operation: Operation) => OperationResources> {
  const others = operations.filter(({ method }) => !METHODS_OF_PRISM.includes(method));
  const ownPaths = others.map(({ definition, parameters }, index) => [
    `other-method-${index}`,
    { parameters, post: { ...definition, parameters: [] } },
  ]);
  const paths: unknown = { ...asObject(document.paths), ...Object.fromEntries(ownPaths) };
  const copy = structuredClone({ ...document, paths });
  // Prism would resolve the references in extensions, which may lead nowhere.
  hideExtensions(copy);
  useItemSchemas(copy);
  const resources: readonly Resource[] = await getHttpOperationsFromSpec(copy);
  const byName = new Map(resources.map((resource) => [`${resource.method} ${resource.path}`, resource]));
  const bundles = new Map<unknown, Bundles>();
  const findBundles = (bundle: unknown): Bundles => {
    const found = bundles.get(bundle) ?? createBundles(bundle);
    bundles.set(bundle, found);
    return found;
  };
  const byOperation = new Map(
    operations.map((operation) => {
      const index = others.indexOf(operation);
      const name = index < 0 ? `${operation.method.toLowerCase()} ${operation.path}` : `post other-method-${index}`;
      const resource = byName.get(name);
      return [operation, resource && createForms(resource, operation, findBundles(resource.__bundled__))];
    }),
  );
  return (operation) => {
    const found = byOperation.get(operation);
    if (!found) throw new Error(`Prism does not know ${operation.method} ${operation.path}.`);
    return found;
  };
}

/** Makes the schema of the items of a stream the schema of the content, which Prism generates values from. */
function useItemSchemas(document: object): void {
  const objects = new Set<object>([document]);
  for (const object of objects) {
    if ('itemSchema' in object && !('schema' in object)) Object.assign(object, { schema: object.itemSchema });
    for (const member of Object.values(object)) if (typeof member === 'object' && member !== null) objects.add(member);
  }
}

/** The recursive schemas of a description, for each purpose. */
interface Bundles {
  readonly forRequest: unknown;
  readonly forBody: unknown;
  readonly forGenerator: Readonly<Record<string, unknown>>;
}

function createBundles(bundle: unknown): Bundles {
  const schemas = asObject(bundle);
  return {
    forRequest: createBodySchema(schemas, 'readOnly'),
    forBody: createBodySchema(schemas, 'writeOnly'),
    forGenerator: cutRecursion(createGeneratorSchema(schemas)),
  };
}

function createForms(documented: Resource, { path, parameters }: Operation, bundles: Bundles): OperationResources {
  const { body } = documented.request ?? {};
  const resource: Resource = { ...documented, path, __bundled__: bundles.forRequest };
  const query = parameters.map((parameter, index) => createQueryParameter(resource, parameter, index));
  // Prism takes half of the time if it does not look for optional parameters that the request does not have.
  const required = query.filter((parameter) => parameter.required);
  const requiredNames = new Set(required.map(({ name }) => name));
  const withAll = createBodyForms(resource, body, query);
  const withRequired = createBodyForms(resource, body, required);
  const findSchema = (key: string, mediaType: string | undefined) =>
    resource.responses.find(({ code }) => code === key)?.contents?.find((content) => content.mediaType === mediaType)
      ?.schema;
  const { forGenerator, forBody } = bundles;
  const bodySchemas = new Map<Schema, Schema>();
  const generatorSchemas = new Map<Schema, Schema>();
  return {
    resource,
    forGenerator: { ...resource, __bundled__: forGenerator },
    forBody: { ...resource, __bundled__: forBody },
    forRequest: ({ mediaType, names }) =>
      (names.every((name) => requiredNames.has(name)) ? withRequired : withAll)(mediaType),
    findBodySchema(key, mediaType) {
      const schema = findSchema(key, mediaType);
      if (schema && !bodySchemas.has(schema))
        bodySchemas.set(schema, { ...createBodySchema(schema, 'writeOnly'), $schema: DIALECT });
      return schema && bodySchemas.get(schema);
    },
    findGeneratorSchema(key, mediaType) {
      const schema = findSchema(key, mediaType);
      if (schema && !generatorSchemas.has(schema))
        generatorSchemas.set(schema, replaceReferences(createGeneratorSchema(schema), forGenerator) as Schema);
      return schema && generatorSchemas.get(schema);
    },
  };
}

type QueryParameter = NonNullable<NonNullable<Resource['request']>['query']>[number];

/** Returns a parameter of any location as a query parameter whose value is parsed already. */
function createQueryParameter({ request = {} }: Resource, parameter: Parameter, index: number): QueryParameter {
  const { path = [], query = [], headers = [], cookie = [] } = request;
  const lists: Readonly<Record<string, readonly Pick<QueryParameter, 'name' | 'schema'>[]>> = {
    path,
    query,
    header: headers,
    cookie,
  };
  const isSame = ({ name }: { name: string }) =>
    parameter.in === 'header' ? name.toLowerCase() === parameter.name.toLowerCase() : name === parameter.name;
  const { schema = readContentSchema(parameter) } = lists[parameter.in]?.find(isSame) ?? {};
  const { $schema: _, ...plain } = schema;
  return {
    id: '',
    name: nameParameter(index),
    style: 'form' as QueryParameter['style'],
    required: parameter.required === true,
    // Without a type, Prism passes the value on.
    schema: { allOf: [plain] },
  };
}

/** Returns the schema of a parameter in JSON. Prism has none, and cannot resolve the references of this one. */
function readContentSchema({ content = {} }: Parameter): Schema {
  const [[mediaType, { schema = {} }] = ['', {}]] = Object.entries(content);
  return isJsonType(mediaType) && !JSON.stringify(schema).includes('"$ref"') ? schema : {};
}

/** Returns the function that finds the operation for the content type of a body. */
function createBodyForms(resource: Resource, body: Body | undefined, query: QueryParameter[]) {
  const withoutBody: Resource = { ...resource, request: query.length > 0 ? { query } : {} };
  const forms = new Map<string, Resource>();
  return (mediaType: string | undefined): Resource => {
    if (mediaType === undefined) return withoutBody;
    const schema = body?.contents?.find((content) => content.mediaType === mediaType)?.schema;
    const form = forms.get(mediaType) ?? createBodyResource(withoutBody, schema);
    forms.set(mediaType, form);
    return form;
  };
}

function createBodyResource(resource: Resource, schema: Schema | undefined): Resource {
  if (!schema) return resource;
  const { $schema: _, ...value } = createBodySchema(schema, 'readOnly');
  const wrapped: Schema = { $schema: DIALECT, type: 'object', properties: { body: value } };
  const contents = [{ id: '', mediaType: 'application/json', schema: wrapped, examples: [], encodings: [] }];
  return { ...resource, request: { ...resource.request, body: { id: '', contents } } };
}
