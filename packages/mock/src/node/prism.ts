import { asObject, type Description, hideExtensions, type Operation } from '@firstofficer/openapi';
import { createLogger } from '@stoplight/prism-core';
import { createInstance, getHttpOperationsFromSpec, type IHttpRequest } from '@stoplight/prism-http';
import type { BodyViolation } from '../engine/own-examples.ts';
import type { MockResponse } from '../engine/response.ts';
import type { ApiRequest, ResponseChoice, Tools, Violation } from '../engine/tools.ts';

type Resource = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];
type HeaderStyle = NonNullable<Resource['responses'][number]['headers']>[number]['style'];

/** An input violation or a warning, as Prism returns it. */
interface Diagnostic {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly code?: string | number | undefined;
  /** 0 is an error. */
  readonly severity: number;
}

const CONFIG = {
  isProxy: false,
  // Prism accepts any API key, so the engine checks the key.
  checkSecurity: false,
  validateRequest: true,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

/** The tools of the engine, and a check of response bodies. */
export interface Prism extends Tools {
  /** Returns what a body violates in its response. */
  validateBody(choice: ResponseChoice, body: unknown): Promise<readonly BodyViolation[]>;
}

/** Loads a description into Prism, which validates requests and bodies, generates values and sends callbacks. */
export async function createPrism(description: Description): Promise<Prism> {
  const findResource = await loadResources(description);
  const logger = createLogger('mock', { level: 'silent' });
  // The engine has already selected the operation.
  const route = ({ resources: [resource] }: { resources: Resource[] }) =>
    resource
      ? ({ _tag: 'Right', right: resource } as const)
      : ({ _tag: 'Left', left: new Error('Prism does not know the operation.') } as const);
  // Prism exports no function that only validates. This instance validates and then returns a fixed response.
  const validator = createInstance(CONFIG, {
    logger,
    route,
    mock: () => () => ({ _tag: 'Right', right: { statusCode: 204 } }),
  });
  // This instance returns the body of the request and validates it as the body of the response.
  const bodyValidator = createInstance(
    { ...CONFIG, validateRequest: false, validateResponse: true },
    {
      logger,
      route,
      mock: ({ input: { data } }) => {
        const headers = { 'content-type': 'application/json' };
        return () => ({ _tag: 'Right', right: { statusCode: 200, headers, body: data.body } });
      },
    },
  );
  const generator = createInstance({ ...CONFIG, validateRequest: false }, { logger, route });

  async function validate(operation: Operation, request: ApiRequest): Promise<readonly Violation[]> {
    const result = await validator.request(toPrismInput(operation, request), [
      skipAbsent(findResource(operation), request),
    ])();
    if (result._tag === 'Left') throw result.left;
    const diagnostics: readonly Diagnostic[] = result.right.validations.input;
    return diagnostics.filter(({ severity }) => severity === 0).map(toViolation);
  }

  async function validateBody({ operation, key, mediaType }: ResponseChoice, body: unknown) {
    const resource = findResource(operation);
    const schema = resource.responses
      .find(({ code }) => code === key)
      ?.contents?.find((content) => content.mediaType === mediaType)?.schema;
    if (!schema) return [];
    const contents = [{ id: '', mediaType: 'application/json', schema, examples: [], encodings: [] }];
    const only: Resource = { ...resource, responses: [{ id: '', code: '200', contents }] };
    const result = await bodyValidator.request({ method: 'get', url: { path: '/' }, body }, [only])();
    if (result._tag === 'Left') throw result.left;
    const diagnostics: readonly Diagnostic[] = result.right.validations.output;
    return diagnostics.filter(({ severity }) => severity === 0).map(toBodyViolation);
  }

  async function generate({ operation, key, mediaType, header }: ResponseChoice): Promise<unknown> {
    const resource = findResource(operation);
    const response = resource.responses.find(({ code }) => code === key);
    const { schema } =
      (header === undefined
        ? response?.contents?.find((content) => content.mediaType === mediaType)
        : response?.headers?.find(({ name }) => name === header)) ?? {};
    if (!schema) return undefined;
    const contents = [{ id: '', mediaType: 'application/json', schema, examples: [], encodings: [] }];
    const only: Resource = { ...resource, responses: [{ id: '', code: '200', contents }] };
    const { callbacks: _, deprecated: _deprecated, ...silent } = only;
    const result = await generator.request({ method: 'get', url: { path: '/' } }, [silent])();
    if (result._tag === 'Left') throw result.left;
    return result.right.output.body;
  }

  function sendCallbacks(operation: Operation, request: ApiRequest, { status, headers, payload }: MockResponse): void {
    const resource = findResource(operation);
    const value: unknown = parseJson(payload);
    const example = { id: '', key: 'sent', value };
    const contents = [{ id: '', mediaType: 'application/json', examples: [example], encodings: [] }];
    const sentHeaders = Object.entries(headers).map(([name, text]) => ({
      id: '',
      name,
      style: 'simple' as HeaderStyle,
      schema: {},
      examples: [{ id: '', key: 'sent', value: text }],
    }));
    const only = { ...resource, responses: [{ id: '', code: String(status), contents, headers: sentHeaders }] };
    void generator.request(toPrismInput(operation, request), [only])();
  }

  return { validate, validateBody, generate, sendCallbacks };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const METHODS_OF_PRISM = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/**
 * Returns a function that finds an operation in Prism's form.
 *
 * Prism does not know methods such as QUERY, which OpenAPI has since version 3.2. It gets such an operation as the POST of
 * a path of its own.
 */
async function loadResources({ document, operations }: Description): Promise<(operation: Operation) => Resource> {
  const others = operations.filter(({ method }) => !METHODS_OF_PRISM.includes(method));
  const ownPaths = others.map(({ definition, parameters }, index) => [
    `other-method-${index}`,
    { parameters, post: { ...definition, parameters: [] } },
  ]);
  const paths: unknown = { ...asObject(document.paths), ...Object.fromEntries(ownPaths) };
  const copy = structuredClone({ ...document, paths });
  // Prism would resolve the references in extensions, which may lead nowhere.
  hideExtensions(copy);
  const resources = await getHttpOperationsFromSpec(copy);
  const byName = new Map(resources.map((resource) => [`${resource.method} ${resource.path}`, resource]));
  const byOperation = new Map(
    operations.map((operation) => {
      const index = others.indexOf(operation);
      const name = index < 0 ? `${operation.method.toLowerCase()} ${operation.path}` : `post other-method-${index}`;
      const resource = byName.get(name);
      return [operation, resource && { ...resource, path: operation.path }];
    }),
  );
  return (operation) => {
    const resource = byOperation.get(operation);
    if (!resource) throw new Error(`Prism does not know ${operation.method} ${operation.path}.`);
    return resource;
  };
}

/**
 * Returns the resource without its header and query parameters, if the request has none and needs none. This halves the
 * time that Prism takes to validate a request.
 */
function skipAbsent(resource: Resource, { headers, query }: ApiRequest): Resource {
  const { headers: headerParameters = [], query: queryParameters = [], ...request } = resource.request ?? {};
  return {
    ...resource,
    request: {
      ...request,
      ...(canViolate(headerParameters, headers) && { headers: headerParameters }),
      ...(canViolate(queryParameters, query) && { query: queryParameters }),
    },
  };
}

function canViolate(parameters: readonly { required?: boolean }[], values: object): boolean {
  return parameters.length > 0 && (Object.keys(values).length > 0 || parameters.some(({ required }) => required));
}

function toViolation({ message, path = [], code }: Diagnostic): Violation {
  return { location: path.join('.'), message, status: code === 415 ? 415 : 400 };
}

function toBodyViolation({ message, path: [, ...path] = [], code }: Diagnostic): BodyViolation {
  const names = path.map(String);
  const reason = message.slice(`Response body ${names.length > 0 ? `property ${names.join('.')} ` : ''}`.length);
  const missing = code === 'required' ? /^must have required property '(.*)'$/s.exec(reason)?.[1] : undefined;
  return missing === undefined
    ? { path: names, message: reason }
    : { path: [...names, missing], message: 'is missing' };
}

function toPrismInput({ method }: Operation, { path, query, headers, body }: ApiRequest): IHttpRequest {
  return { method: method.toLowerCase() as IHttpRequest['method'], url: { path, query }, headers, body };
}
