import type { Operation } from '@firstofficer/openapi';
import { getHeader } from '../../http/exchange.ts';
import type { OperationExchange } from '../../request/operation-exchange.ts';
import { isSuccess } from '../../state/objects.ts';
import { findId, matchLocation } from '../../state/resources.ts';
import type { Check } from '../check.ts';
import { createWait, listStateCases, make } from './own-objects.ts';

export const locationConformance: Check = {
  name: 'location_conformance',
  severity: 'error',
  basis: 'rfc',
  rationale: 'The header Location of a 201 response is the URL of the new object (RFC 9110, 10.2.2).',
  testCases(operation, context) {
    const waitUntil = createWait(context);
    return listStateCases(operation, { context, needs: ['retrieve'] }, (resource) => [
      {
        name: `follow Location of a new ${resource.name}`,
        async run(session) {
          const { created } = await make(session, resource);
          const location = getHeader(created, 'location');
          if (location === undefined || created.status !== 201) {
            return session.skip(`the response of ${operation.id} has no header Location`);
          }
          const specRef = [created.documented?.response ?? operation.definition] as const;
          const path = findPath(location, created, context.target.url);
          if (path === undefined) {
            // The target may be behind a proxy, with another host than the one that clients use.
            if (matchLocation(created, resource.item)) return;
            const expected = `the URL of the new ${resource.name}`;
            session.report(created, { expected, actual: location, specRef, severity: 'note' });
            return;
          }
          const exchange = await waitUntil(
            () => session.send({}, fixPath(resource.retrieve, path)),
            ({ status }) => isSuccess(status),
          );
          const [id, found] = [findId(created.json, resource), findId(exchange.json, resource)];
          const isRight =
            isSuccess(exchange.status) && (id === undefined || (found !== undefined && String(found) === String(id)));
          // Other statuses, such as 401 and 429, say nothing about the URL.
          if (isRight || [401, 403, 429].includes(exchange.status)) return;
          session.report(created, {
            expected: `header Location with the URL of the new ${resource.name}`,
            actual: `${location}, which gets status ${exchange.status}${found === undefined ? '' : ` and the ID ${found}`}`,
            specRef,
          });
        },
      },
    ]);
  },
};

/** Returns the path of a Location below the base URL of the target, or undefined if it is on another host or above. */
function findPath(location: string, { request }: OperationExchange, base: string): string | undefined {
  if (!URL.canParse(location, base + request.target)) return undefined;
  const url = new URL(location, base + request.target);
  const { origin, pathname } = new URL(base);
  const prefix = pathname.replace(/\/+$/, '');
  return url.origin === origin && url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : undefined;
}

/** Returns an operation with a fixed path. */
function fixPath(operation: Operation, path: string): Operation {
  return { ...operation, path, parameters: operation.parameters.filter(({ in: place }) => place !== 'path') };
}
