import { isSuccess, type MadeObject } from '../../state/objects.ts';
import { findId } from '../../state/resources.ts';
import type { Check, CheckContext, Session, TestCase } from '../check.ts';
import { findItem, needsFilter, readList } from './created-listed.ts';
import {
  type Complete,
  createWait,
  isMissing,
  listStateCases,
  makeDistinct,
  readObject,
  retrieve,
  type WaitUntil,
} from './own-objects.ts';
import { listChanges, update } from './updates.ts';

export const deletedGone: Check = {
  name: 'deleted_gone',
  severity: 'error',
  basis: 'description',
  rationale: 'A deleted object is neither retrieved nor listed, and other objects are not deleted with it.',
  testCases(operation, context) {
    const waitUntil = createWait(context);
    return listStateCases(operation, { context, needs: ['retrieve', 'remove'] }, (resource) => [
      createTestCase(`delete a ${resource.name}`, { resource, context, waitUntil, prepare: async () => undefined }),
      ...resource.update.slice(0, 1).map((one) =>
        createTestCase(`delete a ${resource.name} after an update`, {
          resource,
          context,
          waitUntil,
          async prepare(session, made) {
            const [change] = listChanges(one, context, 1);
            if (change) await update(session, { operation: one, context, made }, change);
          },
        }),
      ),
      createAbsentCase({ resource, context, waitUntil }),
    ]);
  },
};

interface Removable {
  readonly resource: Complete<'retrieve' | 'remove'>;
  readonly context: CheckContext;
  readonly waitUntil: WaitUntil;
}

interface Deletion extends Removable {
  prepare(session: Session, made: MadeObject): Promise<void>;
}

function createTestCase(name: string, { resource, context, waitUntil, prepare }: Deletion): TestCase {
  const { remove, list } = resource;
  return {
    name,
    async run(session) {
      const [before, made, after] = await makeDistinct(session, { resource, context }, 3);
      if (!before || !made || !after) return;
      await prepare(session, made);
      const old = readObject(await retrieve(session, made), resource, made.sent)?.value;
      const answer = await session.send({ parameters: made.parametersFor(remove) }, remove);
      if (!isSuccess(answer.status)) session.skip(`${remove.id} answered ${answer.status}`);
      // 202 promises only that the target will try to delete the object.
      const severity = answer.status === 202 ? ('note' as const) : ('error' as const);
      const gone = await waitUntil(() => retrieve(session, made), isMissing);
      const specRef = [remove.definition, 'responses'] as const;
      if (isSuccess(gone.status)) {
        const rest = readObject(gone, resource, made.sent)?.value;
        // Some servers keep deleted objects and mark them.
        const isMarked = old !== undefined && rest !== undefined && isChanged(old, rest);
        session.report(gone, {
          expected: `status 404 for the ${resource.name} that ${remove.id} deleted`,
          actual: `status ${gone.status}`,
          specRef,
          severity: isMarked ? 'note' : severity,
        });
      }
      for (const other of [before, after]) {
        const found = await waitUntil(
          () => retrieve(session, other),
          ({ status }) => isSuccess(status),
        );
        if (!isMissing(found)) continue;
        const expected = `status 2XX for another ${resource.name} than the deleted one`;
        session.report(found, { expected, actual: `status ${found.status}`, specRef });
      }
      if (!list || needsFilter({ ...resource, list }) || !isMissing(gone)) return;
      const listed = await waitUntil(
        () => readList(session, { ...resource, list }, made),
        (read) => findItem(made, read) === undefined,
      );
      const item = findItem(made, listed);
      if (item === undefined) return;
      session.report(listed.last, {
        expected: `a list without the deleted ${resource.name} ${findId(made.created.json, resource) ?? ''}`,
        actual: 'a list that contains it',
        specRef: [list.definition, 'responses'],
        severity:
          old !== undefined && typeof item === 'object' && item !== null && isChanged(old, item) ? 'note' : severity,
      });
    },
  };
}

/** Creates a test case that updates and deletes a deleted object. Response checks see the responses. */
function createAbsentCase({ resource, context, waitUntil }: Removable): TestCase {
  const { remove } = resource;
  return {
    name: `update and delete a deleted ${resource.name}`,
    async run(session) {
      const [made] = await makeDistinct(session, { resource, context }, 1);
      if (!made) return;
      const removal = { parameters: made.parametersFor(remove) };
      const { status } = await session.send(removal, remove);
      if (!isSuccess(status)) session.skip(`${remove.id} answered ${status}`);
      const gone = await waitUntil(() => retrieve(session, made), isMissing);
      if (!isMissing(gone)) session.skip(`the ${resource.name} is not deleted`);
      // PUT may create an object.
      for (const one of resource.update.filter(({ method }) => method === 'PATCH')) {
        const [change] = listChanges(one, context, 1);
        if (!change) continue;
        const answer = await update(session, { operation: one, context, made }, change);
        if (!isSuccess(answer.status) || !(one.responses['404'] || one.responses['410'])) continue;
        session.report(answer, {
          expected: `status 404 for the ${resource.name} that ${remove.id} deleted`,
          actual: `status ${answer.status}`,
          specRef: [one.definition, 'responses'],
        });
      }
      await session.send(removal, remove);
    },
  };
}

/** Returns whether a member that both objects have differs. */
function isChanged(before: object, after: object): boolean {
  const [old, now] = [Object.entries(before), new Map(Object.entries(after))];
  return (
    old.some(([name, value]) => now.has(name) && JSON.stringify(now.get(name)) !== JSON.stringify(value)) ||
    [...now.keys()].some((name) => /deleted/i.test(name) && !(name in before))
  );
}
