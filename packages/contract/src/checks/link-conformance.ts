import { type Link, type LinkedRequest, type Operation, resolveLinks } from '@firstofficer/openapi';
import { isSafeMethod } from '../http/exchange.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { type Check, type CheckContext, isMethodAllowed, type Session, shouldSucceed, type TestCase } from './check.ts';
import { make } from './state/own-objects.ts';
import { expectStatus } from './statuses.ts';

export const linkConformance: Check = {
  name: 'link_conformance',
  severity: 'error',
  basis: 'description',
  needs: 'a link in a success response',
  rationale: 'Links work: the linked operation accepts the values from the response.',
  testCases(operation, context) {
    const resource = context.resources.find(({ create }) => create === operation);
    const canCreate = resource !== undefined && isMethodAllowed(context, operation.method);
    if (!canCreate && !shouldSucceed(context, operation)) return [];
    const send = async (session: Session) => (canCreate ? (await make(session, resource)).created : session.send());
    return Object.entries(operation.responses).flatMap(([status, { links = {} }]) =>
      status.startsWith('2')
        ? Object.entries(links).flatMap(([name, link]) => {
            const target = findTarget(link, { operation, context, canChange: canCreate });
            return target ? [createTestCase({ name, link, target, status }, send)] : [];
          })
        : [],
    );
  },
};

interface Follow {
  readonly name: string;
  readonly link: Link;
  readonly target: Operation;
  /** The status as written in the description. */
  readonly status: string;
}

function createTestCase(
  { name, link, target, status }: Follow,
  send: (session: Session) => Promise<OperationExchange>,
): TestCase {
  return {
    name,
    async run(session) {
      const exchange = await send(session);
      const followed = resolveLinks(exchange.operation, status, exchange.json).find((one) => one.name === name);
      if (!followed || hasEmptyValue(followed)) return;
      const followedBy = await session.send({ parameters: followed.parameters }, target);
      if (target === exchange.operation) {
        expectStatus(session, followedBy, { statuses: ['2XX'], specRef: [link] });
        return;
      }
      // OpenAPI does not promise that a linked operation succeeds, but something must have the ID of a new object.
      if (![404, 405].includes(followedBy.status)) return;
      const isNew = !isSafeMethod(exchange.operation.method);
      expectStatus(session, followedBy, {
        statuses: ['2XX'],
        specRef: [link],
        ...(!isNew && { basis: 'inference' as const }),
      });
    },
  };
}

/** Returns the operation to which a link leads. Links to unsafe operations are followed only for objects of the run. */
function findTarget(
  { operationId }: Link,
  { operation, context, canChange }: { operation: Operation; context: CheckContext; canChange: boolean },
): Operation | undefined {
  const target =
    operationId === operation.id ? operation : context.description.operations.find(({ id }) => id === operationId);
  return target && (isSafeMethod(target.method) || canChange) ? target : undefined;
}

function hasEmptyValue({ parameters }: LinkedRequest): boolean {
  return Object.values(parameters).includes('');
}
