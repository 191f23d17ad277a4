import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { toDatabaseError } from '../database/errors.ts';
import { logError } from './exceptions.ts';

/** Adds `/healthz` and `/readyz` for load balancers. They need no API key. */
export function addHealth(app: FastifyInstance, database: Database, isStopping: () => boolean): void {
  const config = { isPublic: true };
  const ping = database.prepare(database.query.selectFrom('settings').select(sql<number>`1`.as('one')).limit(1));

  app.get('/healthz', { config }, async () => ({ status: 'ok' }));
  app.get('/readyz', { config }, async (request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    try {
      await ping({});
      return { status: 'ok' };
    } catch (error) {
      const { code, message } = toDatabaseError(error);
      logError(request.log, { code, fault: message }, 'unavailable');
      return reply.code(503).send({ status: 'database unavailable' });
    }
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route needs no key. */
    readonly isPublic?: boolean;
  }
}
