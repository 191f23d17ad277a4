import { isSuccess } from '../../state/objects.ts';
import { findId } from '../../state/resources.ts';
import type { Check } from '../check.ts';
import { createWait, isMissing, listStateCases, make, retrieve } from './own-objects.ts';

export const createdRetrievable: Check = {
  name: 'created_retrievable',
  severity: 'error',
  basis: 'description',
  rationale: 'An object that was created can be retrieved by its ID.',
  testCases(operation, context) {
    const waitUntil = createWait(context);
    return listStateCases(operation, { context, needs: ['retrieve'] }, (resource) => [
      {
        name: `retrieve a new ${resource.name}`,
        async run(session) {
          const made = await make(session, resource);
          const exchange = await waitUntil(
            () => retrieve(session, made),
            ({ status }) => isSuccess(status),
          );
          const specRef = [resource.retrieve.definition, 'responses'] as const;
          if (isMissing(exchange)) {
            const expected = `status 2XX for the ${resource.name} that ${operation.id} created`;
            session.report(exchange, { expected, actual: `status ${exchange.status}`, specRef });
          }
          const [created, retrieved] = [findId(made.created.json, resource), findId(exchange.json, resource)];
          if (!isSuccess(exchange.status) || created === undefined || retrieved === undefined) return;
          if (String(created) === String(retrieved)) return;
          const expected = `the ${resource.name} with the ID ${created}`;
          session.report(exchange, { expected, actual: `the ID ${retrieved}`, specRef });
        },
      },
    ]);
  },
};
