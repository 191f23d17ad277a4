import { type Description, decodeSegment, fillPath, type Operation } from '@firstofficer/openapi';
import { createLogger } from '@stoplight/prism-core';
import { createInstance, type IHttpRequest } from '@stoplight/prism-http';
import type { BodyViolation } from '../../engine/examples/check-example.ts';
import { parseJsonOrText } from '../../engine/json.ts';
import type { MockResponse } from '../../engine/response.ts';
import type { ApiRequest, ResponseChoice, Tools, Violation } from '../../engine/tools.ts';
import { parseParameter } from './parameter-values.ts';
import { pruneMembers } from './prune.ts';
import { parseBody } from './request-body.ts';
import { loadResources, nameParameter, type Resource, type Schema } from './resources.ts';
import { type Diagnostic, readBodyViolation, readViolation } from './violations.ts';

type HeaderStyle = NonNullable<Resource['responses'][number]['headers']>[number]['style'];

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

/** Options of {@link createPrism}. */
export interface PrismOptions {
  /** Is called with what is wrong with a response that is sent anyway. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** Loads a description into Prism, which validates requests and bodies, generates values and sends callbacks. */
export async function createPrism(description: Description, { onWarning }: PrismOptions = {}): Promise<Prism> {
  const findResource = await loadResources(description);
  const logger = createLogger('mock', { level: 'silent' });
  // The engine has already selected the operation. The router of Prism takes as long as the validation.
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
    const parsed = await parseBody(operation, request);
    const body = 'body' in parsed ? parsed.body : undefined;
    const { forRequest } = findResource(operation);
    const cookie = readCookies(request.headers.cookie ?? '');
    const sources = { path: request.pathParameters, query: request.query, header: request.headers, cookie };
    const parameters = operation.parameters.map((parameter) => parseParameter(parameter, sources));
    const query = Object.fromEntries(
      parameters.flatMap(({ value }, index) => (value === undefined ? [] : [[nameParameter(index), value]])),
    );
    const input: IHttpRequest = {
      method: 'get',
      // Prism has no place for values that are parsed already, except the query.
      url: { path: '/', query: query as Record<string, string> },
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && { body: body.value },
    };
    const result = await validator.request(input, [
      forRequest({ mediaType: body?.mediaType, names: Object.keys(query) }),
    ])();
    if (result._tag === 'Left') throw result.left;
    const diagnostics: readonly Diagnostic[] = result.right.validations.input;
    const faults = operation.parameters.flatMap((parameter, index): Violation[] => {
      const message = parameters[index]?.fault;
      return message === undefined ? [] : [{ location: `${parameter.in}.${parameter.name}`, message, status: 400 }];
    });
    const violations = diagnostics
      .filter(({ severity }) => severity === 0)
      .map((diagnostic) => readViolation(diagnostic, operation))
      .filter(({ location }) => !faults.some((fault) => fault.location === location));
    return [...('violation' in parsed ? [parsed.violation] : []), ...faults, ...violations];
  }

  async function validateBody({ operation, key, mediaType }: ResponseChoice, body: unknown) {
    const { forBody, findBodySchema } = findResource(operation);
    const schema = findBodySchema(key, mediaType);
    if (!schema) return [];
    const contents = [{ id: '', mediaType: 'application/json', schema, examples: [], encodings: [] }];
    const only: Resource = { ...forBody, responses: [{ id: '', code: '200', contents }] };
    const result = await bodyValidator.request({ method: 'get', url: { path: '/' }, body }, [only])();
    if (result._tag === 'Left') throw result.left;
    const diagnostics: readonly Diagnostic[] = result.right.validations.output;
    return diagnostics.filter(({ severity }) => severity === 0).map(readBodyViolation);
  }

  async function generate(choice: ResponseChoice, seed?: string): Promise<unknown> {
    const { operation, key, mediaType, header } = choice;
    const { resource, findGeneratorSchema } = findResource(operation);
    if (header !== undefined) {
      const { headers } = resource.responses.find(({ code }) => code === key) ?? {};
      const { schema } = headers?.find(({ name }) => name === header) ?? {};
      return schema && generateValue(operation, schema, undefined);
    }
    const schema = findGeneratorSchema(key, mediaType);
    if (!schema) return undefined;
    const { schema: documented, itemSchema } = operation.responses[key]?.content?.[mediaType ?? ''] ?? {};
    const seeds = seed === undefined ? [undefined, ...listSeeds('example')] : listSeeds(seed);
    let sample: unknown;
    let fault = '';
    for (const attempt of seeds) {
      try {
        const value = await generateValue(operation, schema, attempt);
        const body = pruneMembers(value, [documented ?? itemSchema], description.document);
        const [violation] = await validateBody(choice, body);
        if (!violation) return body;
        fault = [...violation.path, violation.message].join(' ');
        sample ??= body;
      } catch (error) {
        // The generator appends a stack trace to its messages.
        [fault = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      }
    }
    const message = `No body that fits the schema of ${operation.id}, ${key} could be generated: ${fault}. Add an example.`;
    if (seed !== undefined || sample === undefined) throw new Error(message);
    onWarning?.(message);
    return sample;
  }

  /** Returns a value from the schema: random data, or without a seed a value that is the same each time. */
  async function generateValue(operation: Operation, schema: Schema, seed: string | undefined): Promise<unknown> {
    const { forGenerator } = findResource(operation);
    const contents = [{ id: '', mediaType: 'application/json', schema, examples: [], encodings: [] }];
    const { callbacks: _, deprecated: _deprecated, ...silent } = forGenerator;
    const only: Resource = { ...silent, responses: [{ id: '', code: '200', contents }] };
    // The seed stays in the generator until another one replaces it, so every call that uses it passes one.
    const mock = seed === undefined ? { dynamic: false } : { dynamic: true, seed };
    const config = { ...CONFIG, validateRequest: false, mock };
    const result = await generator.request({ method: 'get', url: { path: '/' } }, [only], config)();
    if (result._tag === 'Left') throw result.left;
    return result.right.output.body;
  }

  function sendCallbacks(operation: Operation, request: ApiRequest, { status, headers, payload }: MockResponse): void {
    const { resource } = findResource(operation);
    const value: unknown = parseJsonOrText(payload);
    const contents = [
      { id: '', mediaType: 'application/json', examples: [{ id: '', key: 'sent', value }], encodings: [] },
    ];
    const sentHeaders = Object.entries(headers).map(([name, text]) => ({
      id: '',
      name,
      style: 'simple' as HeaderStyle,
      schema: {},
      examples: [{ id: '', key: 'sent', value: text }],
    }));
    const only = { ...resource, responses: [{ id: '', code: String(status), contents, headers: sentHeaders }] };
    const input: IHttpRequest = {
      method: 'post',
      url: { path: fillPath(operation.path, request.pathParameters), query: request.query },
      headers: request.headers,
      body: /json/i.test(request.headers['content-type'] ?? '') ? parseJsonOrText(request.body ?? '') : request.body,
    };
    void generator.request(input, [only])();
  }

  return { validate, validateBody, generate, sendCallbacks };
}

// How often random data is generated until it is valid.
const ATTEMPTS = 20;

/**
 * Returns the seeds for the generator that belong to a seed: one for each attempt.
 *
 * The generator repeats a short seed, so that 1 and 11 would be the same. With its length it is not a repetition.
 */
function listSeeds(seed: string): string[] {
  return Array.from({ length: ATTEMPTS }, (_, index) => `${seed.length}:${seed}:${index}`);
}

/** Returns the values of a `Cookie` header by name. */
function readCookies(header: string): Record<string, string> {
  return Object.fromEntries(
    header.split(';').flatMap((pair): [string, string][] => {
      const [name = '', ...value] = pair.split('=');
      const text = value
        .join('=')
        .trim()
        .replace(/^"(.*)"$/, '$1');
      return name.trim() === '' ? [] : [[name.trim(), decodeSegment(text) ?? text]];
    }),
  );
}
