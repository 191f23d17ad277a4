import { findResponse, type JsonSchema, type Operation } from '@firstofficer/openapi';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CompileSchema } from '../description.ts';
import { findDocumentedError, sendErrorResponse } from './error-responses.ts';
import { createParameterReader, InvalidRequestError, type ParameterValues } from './parameters.ts';
import { sendNotModified } from './response-headers.ts';
import { withTimeout } from './timeout.ts';

/** A request to an operation, with a valid key, valid parameters and a valid body. */
interface OperationInput extends ParameterValues {
  /** The account that owns the key of the request. */
  readonly accountId: number;
  /** The parsed JSON body, or undefined if the request has none. */
  readonly body: unknown;
}

/** The response to a request. An error without a body gets the example of the description. */
export interface OperationResult {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Handles the requests to one operation. */
type OperationHandler<Input = OperationInput> = (input: Input) => OperationResult | Promise<OperationResult>;

/** The handlers, by operationId. */
export type Handlers = Readonly<Record<string, OperationHandler>>;

/** The types of an operation, as openapi-typescript generates them. */
interface OperationTypes {
  readonly parameters: {
    readonly path?: unknown;
    readonly query?: unknown;
    readonly header?: unknown;
  };
  readonly requestBody?: unknown;
}

/** The parameters of one location. The generated type is undefined or never if an operation has none there. */
type ValuesOf<T> = [NonNullable<T>] extends [never] ? Readonly<Record<string, never>> : Readonly<NonNullable<T>>;

type BodyOf<T> = T extends { readonly content: { readonly 'application/json': infer Body } } ? Body : undefined;

/** The input of an operation with the types of the description. */
type InputOf<T extends OperationTypes> = {
  readonly accountId: number;
  readonly path: ValuesOf<T['parameters']['path']>;
  readonly query: ValuesOf<T['parameters']['query']>;
  readonly headers: ValuesOf<T['parameters']['header']>;
  readonly body: BodyOf<T['requestBody']>;
};

/** The handlers of all operations, whose inputs have the types of the description. */
export type TypedHandlers<Operations> = {
  readonly [Id in keyof Operations]: Operations[Id] extends OperationTypes
    ? OperationHandler<InputOf<Operations[Id]>>
    : never;
};

/**
 * Checks the types of handlers.
 *
 * @example
 * const handlers = defineHandlers<operations>({ retrieveCustomer: ({ path: { customer } }) => ({ status: 404 }) });
 */
export function defineHandlers<Operations>(handlers: TypedHandlers<Operations>): Handlers {
  // The server validates each input against the description, from which the types are generated.
  return handlers as object as Handlers;
}

/** Options of {@link addRoutes}. */
interface RouteOptions {
  readonly handlers: Handlers;
  readonly compileSchema: CompileSchema;
  /** How long a handler may take, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Adds a route for each operation. Its path, method, parameters, body and responses come from the description.
 *
 * @throws Error if an operation has no handler, or has something that is not supported.
 */
export function addRoutes(
  app: FastifyInstance,
  operations: readonly Operation[],
  { handlers, compileSchema, timeoutMs }: RouteOptions,
): void {
  // Fastify passes on the bytes of a body. `createBodyReader` parses them, if the operation has a body.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  for (const operation of operations) {
    const handle = handlers[operation.id];
    if (!handle) throw new Error(`The operation ${operation.id} has no handler. Pass one to the server.`);
    checkErrorExamples(operation);
    const readParameters = createParameterReader(operation, compileSchema);
    const readBody = createBodyReader(operation, compileSchema);

    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{([^}]+)\}/g, ':$1'),
      config: { operation },
      schema: { response: listResponseSchemas(operation) },
      ...(operation.responses['304'] && { onSend: sendNotModified }),
      handler(request: FastifyRequest, reply) {
        if (!request.identity) throw new Error('The request was not authenticated.');
        const { accountId } = request.identity;
        const parameters = readParameters(request);
        if (parameters instanceof InvalidRequestError) return reply.send(parameters);
        const result = handle({ accountId, ...parameters, body: readBody(request) });
        return result instanceof Promise
          ? withTimeout(result, timeoutMs).then((settled) => sendResult(reply, operation, settled))
          : sendResult(reply, operation, result);
      },
    });
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation of the route. Undefined for routes that the description does not contain. */
    readonly operation?: Operation;
  }
}

function sendResult(reply: FastifyReply, operation: Operation, { status, body, headers = {} }: OperationResult) {
  reply.headers(headers);
  if (body !== undefined) return reply.code(status).send(body);
  const error = status >= 400 ? findDocumentedError(operation, status) : undefined;
  if (error) return sendErrorResponse(reply, error);
  if (!findResponse(operation, status)) {
    throw new Error(`The description does not document the status ${status} for ${operation.id}.`);
  }
  return reply.code(status).send();
}

/** Creates the function that parses and validates the body of a request. */
function createBodyReader(
  { id, requestBody }: Operation,
  compileSchema: CompileSchema,
): (request: FastifyRequest) => unknown {
  if (!requestBody) return () => undefined;
  const mediaType = requestBody.content?.['application/json'];
  if (!mediaType) throw new Error(`The request body of ${id} is not JSON, which is not supported.`);
  const validate = compileSchema(mediaType.schema ?? {});
  const isValid = (body: unknown) => {
    try {
      return validate(body);
    } catch (error) {
      // The validation of a recursive schema overflows the stack if the body is nested too deeply.
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
  return ({ body: bytes, headers }) => {
    if (!(bytes instanceof Buffer) || bytes.length === 0) {
      if (requestBody.required) throw new InvalidRequestError('The request body is missing.');
      return undefined;
    }
    if (!/^application\/json *(;|$)/i.test(headers['content-type'] ?? ''))
      throw new InvalidRequestError('The content type of the request body must be application/json.', 415);
    const body = parseBody(bytes);
    if (!isValid(body)) {
      const [{ instancePath = '', message = 'is nested too deeply' } = {}] = validate.errors ?? [];
      throw new InvalidRequestError(`The request body is invalid: ${instancePath} ${message}.`);
    }
    return body;
  };
}

function parseBody(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new InvalidRequestError('The request body is not valid JSON in UTF-8.');
  }
}

/** Checks that the description has an example of each error that a handler may return. */
function checkErrorExamples(operation: Operation): void {
  const statuses = Object.keys(operation.responses).map(Number);
  for (const status of statuses) if (status >= 400) findDocumentedError(operation, status);
}

function listResponseSchemas({ responses }: Operation): Record<string, JsonSchema> {
  const schemas = Object.entries(responses).flatMap(([status, { content }]) => {
    const schema = content?.['application/json']?.schema;
    return schema ? [[status.toLowerCase(), schema] as const] : [];
  });
  return Object.fromEntries(schemas);
}
