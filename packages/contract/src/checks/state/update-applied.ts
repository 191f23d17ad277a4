import { isObject } from '../../schema/json.ts';
import { isSuccess, type MadeObject } from '../../state/objects.ts';
import type { Check, TestCase } from '../check.ts';
import { findItem, needsFilter, readList } from './created-listed.ts';
import { compareSent, make, readObject, readSent, retrieve } from './own-objects.ts';
import { reportDifferences, toViolations } from './report-differences.ts';
import { type Change, formatChange, listChanges, listUpdateCases, type Update, update } from './updates.ts';

const MAX_CHANGES = 16;

export const updateApplied: Check = {
  name: 'update_applied',
  severity: 'error',
  basis: 'description',
  rationale: 'After an update, the object has the values that the request sent.',
  checkResponse(exchange, context) {
    const { operation, request, status } = exchange;
    const resource = context.resources.find((one) => one.update.includes(operation));
    if (
      !resource ||
      (operation === resource.create && status === 201) ||
      request.method !== operation.method ||
      !isSuccess(status)
    )
      return undefined;
    const sent = readSent(exchange, context);
    return toViolations(compareSent(sent, readObject(exchange, resource, sent), { operation, context }), operation);
  },
  testCases: (operation, context) => listUpdateCases(operation, context, createTestCases),
};

function createTestCases({ resource, operation, context, waitUntil }: Update): TestCase[] {
  const changes = listChanges(operation, context, MAX_CHANGES);
  // The test cases run one after the other, so they can share an object.
  let shared: MadeObject | undefined;
  return changes.map((change, index) => ({
    name: formatChange(operation, change),
    async run(session) {
      shared ??= await make(session, resource);
      const made = shared;
      const answer = await update(session, { operation, context, made }, change);
      if (!isSuccess(answer.status)) session.skip(`${operation.id} answered ${answer.status}`);
      const compare = (exchange: typeof answer, value: Change['value']) =>
        compareSent(value, readObject(exchange, resource, value), { operation, context });
      const exchange = await waitUntil(
        () => retrieve(session, made),
        (read) => isSuccess(read.status) && compare(read, change.value).length === 0,
      );
      reportDifferences(session, exchange, compare(exchange, change.value));
      const { list } = resource;
      if (index > 0 || !list || needsFilter({ ...resource, list })) return;
      const readMembers = async () => {
        const listed = await readList(session, { ...resource, list }, made);
        const item = findItem(made, listed);
        return { listed, item: isObject(item) ? item : {} };
      };
      const stale = ({ item }: Awaited<ReturnType<typeof readMembers>>) => {
        const retrieved = readObject(exchange, resource, change.value)?.value ?? {};
        return Object.keys(change.value).find(
          (name) => name in item && name in retrieved && JSON.stringify(item[name]) !== JSON.stringify(retrieved[name]),
        );
      };
      const read = await waitUntil(readMembers, (one) => stale(one) === undefined);
      const member = stale(read);
      if (member === undefined) return;
      session.report(read.listed.last, {
        expected: `${list.id} returns the updated ${member}`,
        actual: JSON.stringify(read.item[member]) ?? '',
        specRef: [list.definition, 'responses'],
      });
    },
  }));
}
