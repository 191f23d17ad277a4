import { resolveLinks } from '@firstofficer/openapi';
import { type Check, shouldSucceed } from './check.ts';
import { expectStatus } from './statuses.ts';

export const linkConformance: Check = {
  name: 'link_conformance',
  severity: 'error',
  basis: 'description',
  needs: 'a link in a success response',
  rationale: 'Links work: the linked operation accepts the values from the response.',
  testCases(operation, context) {
    if (!shouldSucceed(context, operation)) return [];
    return Object.entries(operation.responses)
      .filter(([status, { links }]) => status.startsWith('2') && links)
      .flatMap(([status, { links = {} }]) =>
        Object.entries(links)
          // A session sends requests only to its own operation, so links to other operations are skipped.
          .filter(([, { operationId }]) => operationId === operation.id)
          .map(([name, link]) => ({
            name,
            async run(session) {
              const exchange = await session.send();
              const followed = resolveLinks(operation, status, exchange.json).find((linked) => linked.name === name);
              if (!followed || Object.values(followed.parameters).includes('')) return;
              expectStatus(session, await session.send({ parameters: followed.parameters }), {
                statuses: ['2XX'],
                specRef: [link],
              });
            },
          })),
      );
  },
};
