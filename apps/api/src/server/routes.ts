import { type JsonSchema, type Operation, responseFor } from '@firstofficer/openapi';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { buildDocumentedError, sendErrorResponse } from './error-response.ts';
import type { Handlers, OperationResult } from './handlers.ts';

/**
 * Adds a route for each operation of the description: path, method, parameters and responses are its.
 *
 * @throws Error if an operation has no handler, or wants what cannot be served yet.
 */
export function addRoutes(app: FastifyInstance, operations: readonly Operation[], handlers: Handlers): void {
  for (const operation of operations) {
    const handle = handlers[operation.id];
    if (!handle) throw new Error(`No handler for ${operation.id}: write one in handlers.ts.`);
    const answers = new Map(
      listErrorStatuses(operation).map((status) => [status, buildDocumentedError(operation, status)]),
    );

    const reply = (to: FastifyReply, { status, body }: OperationResult) => {
      if (body !== undefined) return to.code(status).send(body);
      const answer = answers.get(status);
      if (!answer) throw new Error(`${operation.id} documents no ${status}.`);
      return sendErrorResponse(to, answer);
    };
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{([^}]+)\}/g, ':$1'),
      config: { operation },
      schema: { params: buildParameterSchema(operation), response: findResponseSchemas(operation) },
      handler(request: FastifyRequest, to) {
        if (!request.identity) throw new Error('A request came this far without a key.');
        const result = handle({
          accountId: request.identity.accountId,
          parameters: request.params as Record<string, string>,
        });
        return result instanceof Promise ? result.then((settled) => reply(to, settled)) : reply(to, result);
      },
    });
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation of the description that the route serves; undefined for what is not part of the API. */
    readonly operation?: Operation;
  }
}

/** The statuses of errors that an operation documents. */
function listErrorStatuses({ responses }: Operation): number[] {
  return Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 400);
}

function buildParameterSchema({ id, parameters, requestBody }: Operation): JsonSchema {
  if (requestBody || parameters.some(({ in: place }) => place !== 'path')) {
    throw new Error(`${id} takes more than path parameters, which is not supported yet.`);
  }
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema = {} }) => [name, schema])),
    required: parameters.map(({ name }) => name),
  };
}

function findResponseSchemas(operation: Operation): Record<string, JsonSchema> {
  const schemas = Object.keys(operation.responses).flatMap((status) => {
    const schema = responseFor(operation, Number(status))?.response.content?.['application/json']?.schema;
    return schema ? [[status, schema] as const] : [];
  });
  return Object.fromEntries(schemas);
}
