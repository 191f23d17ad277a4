import { asArray, asObject, type Description, hideExtensions, type Operation } from '@firstofficer/openapi';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createBodySchema } from './body-schema.ts';
import { createGeneratorSchema } from './generator-schema.ts';

/** An operation in the form of Prism. */
export type Resource = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

type Body = NonNullable<NonNullable<Resource['request']>['body']>;
/** A schema in the form of Prism. */
export type Schema = NonNullable<NonNullable<Body['contents']>[number]['schema']>;

/** An operation in the forms in which Prism needs it. */
export interface OperationResources {
  readonly resource: Resource;
  /**
   * Returns the operation for a request whose body is `{ body: value }` in JSON, or for a request without a body.
   *
   * Prism takes `false`, `0`, `""` and `null` for a missing body, so it gets the body within an object.
   *
   * @param mediaType - The documented content type of the value.
   */
  forBody(mediaType: string | undefined): Resource;
  /** The operation with its cookie parameters as query parameters, because Prism does not validate cookies. */
  readonly forCookies: Resource | undefined;
  /** Returns the schema of the body of a response to validate it. It is the same object each time. */
  findBodySchema(key: string, mediaType: string | undefined): Schema | undefined;
  /** Returns the schema of the body of a response for the generator. */
  findGeneratorSchema(key: string, mediaType: string | undefined): Schema | undefined;
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
  const resources = await getHttpOperationsFromSpec(copy);
  const byName = new Map(resources.map((resource) => [`${resource.method} ${resource.path}`, resource]));
  const byOperation = new Map(
    operations.map((operation) => {
      const index = others.indexOf(operation);
      const name = index < 0 ? `${operation.method.toLowerCase()} ${operation.path}` : `post other-method-${index}`;
      const resource = byName.get(name);
      return [operation, resource && createForms(withDefaults(resource, operation))];
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

/** Returns a resource with its own path, and with `explode` of each query parameter: Prism does not know its default. */
function withDefaults(resource: Resource, { path, parameters }: Operation): Resource {
  const query = resource.request?.query?.flatMap((spec) => {
    const documented = parameters.find((parameter) => parameter.in === 'query' && parameter.name === spec.name);
    const explode = documented?.explode ?? (documented?.style ?? 'form') === 'form';
    return splitObject({ ...spec, explode });
  });
  return { ...resource, path, request: { ...resource.request, ...(query && { query }) } };
}

/**
 * Returns a parameter for each member of an object in the style `form`. In requests, each member is a parameter. Prism
 * finds only members whose names are in lowercase.
 */
function splitObject(parameter: QueryParameter): QueryParameter[] {
  const { schema = {}, style, explode, required: isRequired = false } = parameter;
  if (schema.properties === undefined || style !== 'form' || !explode) return [parameter];
  return Object.entries(schema.properties).map(([name, member]): QueryParameter => {
    const required = isRequired && asArray(schema.required).includes(name);
    return { ...parameter, name, required, schema: typeof member === 'object' ? member : {} };
  });
}

function createForms(resource: Resource): OperationResources {
  const { body, ...request } = resource.request ?? {};
  const withoutBody: Resource = { ...resource, request };
  const contents = new Map(
    body?.contents?.map(({ mediaType, schema }) => [mediaType, createBodyResource(withoutBody, schema)]),
  );
  const findSchema = (key: string, mediaType: string | undefined) =>
    resource.responses.find(({ code }) => code === key)?.contents?.find((content) => content.mediaType === mediaType)
      ?.schema;
  const bodySchemas = new Map<Schema, Schema>();
  const generatorSchemas = new Map<Schema, Schema>();
  const { cookie: cookies = [] } = request;
  return {
    resource,
    forCookies: cookies.length > 0 ? { ...resource, request: { query: cookies.map(toQueryParameter) } } : undefined,
    findBodySchema(key, mediaType) {
      const schema = findSchema(key, mediaType);
      if (schema && !bodySchemas.has(schema))
        bodySchemas.set(schema, { ...createBodySchema(schema), $schema: DIALECT });
      return schema && bodySchemas.get(schema);
    },
    findGeneratorSchema(key, mediaType) {
      const schema = findSchema(key, mediaType);
      if (schema && !generatorSchemas.has(schema)) generatorSchemas.set(schema, createGeneratorSchema(schema));
      return schema && generatorSchemas.get(schema);
    },
    forBody: (mediaType) => (mediaType === undefined ? withoutBody : (contents.get(mediaType) ?? withoutBody)),
  };
}

type QueryParameter = NonNullable<NonNullable<Resource['request']>['query']>[number];

function toQueryParameter(cookie: NonNullable<NonNullable<Resource['request']>['cookie']>[number]): QueryParameter {
  return { ...cookie, style: cookie.style as QueryParameter['style'] };
}

function createBodyResource(resource: Resource, schema: Schema | undefined): Resource {
  if (!schema) return resource;
  const { $schema: _, ...value } = schema;
  const wrapped: Schema = { $schema: DIALECT, type: 'object', properties: { body: value } };
  const contents = [{ id: '', mediaType: 'application/json', schema: wrapped, examples: [], encodings: [] }];
  return { ...resource, request: { ...resource.request, body: { id: '', contents } } };
}
