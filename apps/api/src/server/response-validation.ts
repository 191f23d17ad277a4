import { isDeepStrictEqual } from 'node:util';
import { findResponse } from '@firstofficer/openapi';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CompileSchema } from '../description.ts';

/** A response that violates the description. The message contains no values of the response. */
class ResponseInvalidError extends Error {
  override readonly name = 'ResponseInvalidError';
}

/**
 * Validates each response against the description before it is sent. The server logs an invalid response and sends a 500
 * instead. The body is also validated before serialization, because serialization by a schema turns 2.5 into 2.
 */
export function addResponseValidation(app: FastifyInstance, compileSchema: CompileSchema): void {
  const bodies = new WeakMap<FastifyRequest, unknown>();

  app.addHook('preSerialization', async (request, reply, body) => {
    bodies.set(request, body);
    checkResponse(request, reply, body);
    return body;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.routeOptions.config.operation || reply.statusCode >= 500) return payload;
    const serialized: unknown = payload ? JSON.parse(String(payload)) : undefined;
    checkResponse(request, reply, serialized);
    const body = bodies.get(request);
    if (body !== undefined && !isDeepStrictEqual(serialized, JSON.parse(JSON.stringify(body)))) {
      throw new ResponseInvalidError('the serialized body differs from the body of the handler');
    }
    return payload;
  });

  function checkResponse({ routeOptions }: FastifyRequest, reply: FastifyReply, body: unknown): void {
    const { operation } = routeOptions.config;
    // Errors such as a 405 or a 429 do not belong to an operation.
    if (!operation || reply.errorResponse?.isDocumented === false) return;
    const documented = findResponse(operation, reply.statusCode)?.response;
    if (!documented)
      throw new ResponseInvalidError(
        `the description does not document the status ${reply.statusCode} for ${operation.id}`,
      );
    for (const [name, header] of Object.entries(documented.headers ?? {})) {
      const value = reply.getHeader(name);
      if (value === undefined && header.required) throw new ResponseInvalidError(`the header ${name} is missing`);
    }
    if ((body === undefined) !== (documented.content === undefined)) {
      throw new ResponseInvalidError(body === undefined ? 'the body is missing' : 'the description documents no body');
    }
    const schema = documented.content?.['application/json']?.schema;
    const validate = schema && compileSchema(schema);
    if (validate && !validate(body)) {
      const [{ instancePath = '', message = '' } = {}] = validate.errors ?? [];
      throw new ResponseInvalidError(`the body at "${instancePath}" ${message}`);
    }
  }
}
