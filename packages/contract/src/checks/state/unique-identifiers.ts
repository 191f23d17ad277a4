import { findId } from '../../state/resources.ts';
import type { Check } from '../check.ts';
import { listStateCases, make, makeOther } from './own-objects.ts';

export const uniqueIdentifiers: Check = {
  name: 'unique_identifiers',
  severity: 'error',
  basis: 'description',
  rationale: 'Objects that exist at the same time have different IDs.',
  testCases(operation, context) {
    // The client chooses the ID of a PUT.
    if (operation.method === 'PUT') return [];
    return listStateCases(operation, { context, needs: [] }, (resource) => [
      {
        name: `create several of ${resource.name}`,
        async run(session) {
          const first = await make(session, resource);
          const second = await makeOther(session, resource, context);
          const { remove } = resource;
          // A server that counts its objects gives the next ID twice if one was deleted.
          if (remove) await session.send({ parameters: first.parametersFor(remove) }, remove);
          const third = await makeOther(session, resource, context);
          for (const [one, other] of [[first, second] as const, [second, third] as const]) {
            const [id, same] = [findId(one.created.json, resource), findId(other.created.json, resource)];
            if (id === undefined || String(id) !== String(same)) continue;
            const expected = `an ID that no other ${resource.name} has`;
            const actual = `the ID ${same} again`;
            session.report(other.created, { expected, actual, specRef: [operation.definition, 'responses'] });
          }
        },
      },
    ]);
  },
};
