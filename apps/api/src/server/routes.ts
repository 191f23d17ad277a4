import { findResponse, type JsonSchema, type Operation } from '@firstofficer/openapi';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { buildDocumentedError, sendErrorResponse } from './error-response.ts';
import type { Handlers, OperationResult } from './handlers.ts';

/**
 * Adds a route for each operation. Its path, method, parameters and responses come from the description.
 *
 * @throws Error if an operation has no handler, or has parameters or a body that are not supported yet.
 */
export function addRoutes(app: FastifyInstance, operations: readonly Operation[], handlers: Handlers): void {
  for (const operation of operations) {
    const handle = handlers[operation.id];
    if (!handle) throw new Error(`The operation ${operation.id} has no handler. Add one to handlers.ts.`);
    const answers = new Map(
      listErrorStatuses(operation).map((status) => [status, buildDocumentedError(operation, status)]),
    );

    const reply = (to: FastifyReply, { status, body }: OperationResult) => {
      if (body !== undefined) return to.code(status).send(body);
      const answer = answers.get(status);
      if (!answer) throw new Error(`The description does not document the status ${status} for ${operation.id}.`);
      return sendErrorResponse(to, answer);
    };
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{([^}]+)\}/g, ':$1'),
      config: { operation },
      schema: { params: buildParameterSchema(operation), response: findResponseSchemas(operation) },
      handler(request: FastifyRequest, to) {
        if (!request.identity) throw new Error('The request was not authenticated.');
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
    /** The operation of the route. Undefined for routes that the description does not contain. */
    readonly operation?: Operation;
  }
}

/** Returns the error statuses that the description documents for an operation. */
function listErrorStatuses({ responses }: Operation): number[] {
  return Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 400);
}

function buildParameterSchema({ id, parameters, requestBody }: Operation): JsonSchema {
  if (requestBody || parameters.some(({ in: place }) => place !== 'path')) {
    throw new Error(`${id} has a request body or parameters outside the path, which are not supported yet.`);
  }
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema = {} }) => [name, schema])),
    required: parameters.map(({ name }) => name),
  };
}

function findResponseSchemas(operation: Operation): Record<string, JsonSchema> {
  const schemas = Object.keys(operation.responses).flatMap((status) => {
    const schema = findResponse(operation, Number(status))?.response.content?.['application/json']?.schema;
    return schema ? [[status, schema] as const] : [];
  });
  return Object.fromEntries(schemas);
}
