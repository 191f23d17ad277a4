import { isSuccess } from '../../state/objects.ts';
import type { Check, TestCase } from '../check.ts';
import {
  compareSent,
  createWait,
  listStateCases,
  listVariants,
  make,
  readDefaults,
  readObject,
  readSent,
  retrieve,
} from './own-objects.ts';
import { createReadOnlyBody, findTakenOver } from './read-only.ts';
import { reportDifferences, toViolations } from './report-differences.ts';

// Response checks compare the response to every other creation.
const MAX_VARIANTS = 16;

export const createdValues: Check = {
  name: 'created_values',
  severity: 'error',
  basis: 'description',
  rationale: 'A new object has the values that the request sent, and defaults in place of those that it left out.',
  checkResponse(exchange, context) {
    const { operation, request, status } = exchange;
    const resource = context.resources.find(({ create }) => create === operation);
    // A PUT with another status than 201 replaces an object.
    const hasCreated = isSuccess(status) && (operation.method !== 'PUT' || status === 201);
    if (!resource || request.method !== operation.method || !hasCreated) return undefined;
    const sent = readSent(exchange, context);
    const object = readObject(exchange, resource, sent);
    const defaults = compareSent(readDefaults(sent, operation, context), object, { operation, context });
    return [
      ...toViolations(compareSent(sent, object, { operation, context }), operation),
      ...toViolations(
        defaults.filter(({ received }) => received !== undefined),
        operation,
        'by default',
      ),
    ];
  },
  testCases(operation, context) {
    const waitUntil = createWait(context);
    return listStateCases(operation, { context, needs: ['retrieve'] }, (resource) => {
      const variants = listVariants(operation, context, MAX_VARIANTS);
      const bodies = [{ name: 'the usual body', value: undefined }, ...variants];
      const readOnly = operation.method === 'POST' ? createReadOnlyBody(operation, context) : undefined;
      const readOnlyCase: TestCase[] = readOnly
        ? [
            {
              name: `read-only members of a ${resource.name}`,
              async run(session) {
                const answer = await session.send({ body: readOnly.body }, operation);
                for (const one of findTakenOver(answer, resource, readOnly)) session.report(answer, one);
              },
            },
          ]
        : [];
      const cases = bodies.map(
        ({ name, value }): TestCase => ({
          name: `retrieve a ${resource.name}, body${name.startsWith('/') ? '' : ': '}${name}`,
          async run(session) {
            const made = await make(session, resource, value);
            const compare = (exchange: typeof made.created) =>
              compareSent(made.sent, readObject(exchange, resource, made.sent), { operation, context });
            const exchange = await waitUntil(
              () => retrieve(session, made),
              (read) => isSuccess(read.status) && compare(read).length === 0,
            );
            reportDifferences(session, exchange, compare(exchange));
          },
        }),
      );
      return [...cases, ...readOnlyCase];
    });
  },
};
