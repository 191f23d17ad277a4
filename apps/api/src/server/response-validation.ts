import { isDeepStrictEqual } from 'node:util';
import { responseFor } from '@firstofficer/openapi';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { compileSchema } from './schemas.ts';

/** A response that breaks the contract. Its message names places, never values. */
class ResponseInvalidError extends Error {
  override readonly name = 'ResponseInvalidError';
}

/**
 * Holds each response against the description before it is sent: one that breaks it becomes a 500, and is logged. The
 * body is held before it is written, too: writing by a schema turns 2.5 into 2 and hides the fault.
 */
export function validateResponses(app: FastifyInstance): void {
  const bodies = new WeakMap<FastifyRequest, unknown>();

  app.addHook('preSerialization', async (request, reply, body) => {
    bodies.set(request, body);
    checkResponse(request, reply, body);
    return body;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.routeOptions.config.operation || reply.statusCode >= 500) return payload;
    const written: unknown = JSON.parse(String(payload));
    checkResponse(request, reply, written);
    const body = bodies.get(request);
    if (body !== undefined && !isDeepStrictEqual(written, JSON.parse(JSON.stringify(body)))) {
      throw new ResponseInvalidError('what was written is not what the handler answered');
    }
    return payload;
  });

  function checkResponse({ routeOptions }: FastifyRequest, reply: FastifyReply, body: unknown): void {
    const { operation } = routeOptions.config;
    // A method that is not allowed and a client that is throttled are no matter of an operation.
    if (!operation || [405, 429].includes(reply.statusCode)) return;
    const documented = responseFor(operation, reply.statusCode)?.response;
    if (!documented) throw new ResponseInvalidError(`${operation.id} documents no ${reply.statusCode}`);
    for (const [name, header] of Object.entries(documented.headers ?? {})) {
      const value = reply.getHeader(name);
      if (value === undefined && header.required) throw new ResponseInvalidError(`the header ${name} is missing`);
    }
    const schema = documented.content?.['application/json']?.schema;
    const validate = schema && compileSchema(schema);
    if (validate && !validate(body)) {
      const [{ instancePath = '', message = '' } = {}] = validate.errors ?? [];
      throw new ResponseInvalidError(`the body at "${instancePath}" ${message}`);
    }
  }
}
