import type { Operation } from '@firstofficer/openapi';
import { type Check, isMethodAllowed, type TestCase } from '../checks/check.ts';
import { isSafeMethod } from '../http/exchange.ts';
import type { MadeObject } from '../state/objects.ts';
import { findOwner, listOuter, type Resource } from '../state/resources.ts';
import { openConnection } from './connection.ts';
import type { RunContext } from './context.ts';
import type { PlannedTestCase } from './plan.ts';
import { type RunResources, type TriedTestCase, tryTestCase } from './test-case.ts';

/** Sends the requests that no check asks for. It reports nothing itself, but all response checks run on the responses. */
const PREPARATION: Check = {
  name: 'preparation',
  severity: 'error',
  basis: 'rfc',
  rationale: 'The tests create and delete objects.',
};

/** Creates one object of each kind that the test cases read. Outer objects come before those that they contain. */
export async function createSharedObjects(
  resources: RunResources,
  testCases: readonly PlannedTestCase[],
): Promise<TriedTestCase[]> {
  const { context } = resources;
  const { resources: all } = context;
  const needed = [...new Set(testCases.map(({ operation }) => operation))];
  // Unsafe operations on one object get an object of their own, in an object that they share.
  const isReading = (one: Operation) => isSafeMethod(one.method) || all.some(({ create }) => create === one);
  const kinds = new Set(
    needed.flatMap((operation) => {
      const owner = findOwner(all, operation);
      return owner ? [...(isReading(operation) ? [owner] : []), ...listOuter(all, owner)] : [];
    }),
  );
  const depth = ({ item }: Resource) => item.split('/').length;
  const results: TriedTestCase[] = [];
  for (const kind of [...kinds].toSorted((a, b) => depth(a) - depth(b))) {
    if (!isMethodAllowed(context, kind.create.method)) continue;
    const testCase: TestCase = {
      name: 'create an object that other test cases read',
      async run(session) {
        // Query parameters that are required filter the list.
        const { list } = kind;
        if (list) context.store.addForeign(await session.send({}, list), kind);
        const made = await session.create(kind);
        if (made) context.store.share(made);
      },
    };
    results.push(await tryTestCase(resources, { check: PREPARATION, operation: kind.create, testCase }));
  }
  return results;
}

/** Deletes the objects that the run created and that still exist, within a time limit. */
export async function deleteObjects(resources: RunResources, timeLimitMs: number): Promise<TriedTestCase[]> {
  const { context } = resources;
  if (listDeletable(context).length === 0) return [];
  // The connection of the run may be stopped.
  const { target, options } = context;
  const connection = openConnection(target.url, {
    ...options,
    timeLimitMs: Math.min(options.timeLimitMs, timeLimitMs),
  });
  const timer = setTimeout(() => connection.close(), timeLimitMs);
  const results: TriedTestCase[] = [];
  try {
    // An object may be deletable only after those that it contains, so a second attempt may succeed.
    for (const _ of [1, 2]) {
      for (const [resource, objects] of Map.groupBy(listDeletable(context), (object) => object.resource)) {
        const { remove } = resource;
        if (!remove) continue;
        const testCase: TestCase = {
          name: 'delete the objects of the run',
          run: async (session) => {
            await Promise.allSettled(
              objects.map((one) => session.send({ parameters: one.parametersFor(remove) }, remove)),
            );
          },
        };
        results.push(
          await tryTestCase({ ...resources, connection }, { check: PREPARATION, operation: remove, testCase }),
        );
      }
    }
  } finally {
    clearTimeout(timer);
    connection.close();
  }
  return results;
}

function listDeletable({ store }: RunContext): MadeObject[] {
  return store.listRemaining().filter(({ resource: { remove } }) => remove);
}

/** Returns the objects that the run created and could not delete, for the report. */
export function listRemaining({ store }: RunContext): string[] {
  return store.listRemaining().map((object) => store.locate(object));
}
