import type { Operation } from '@firstofficer/openapi';
import { isSkipped } from '../../generate/base-data.ts';
import { isObject, preview } from '../../schema/json.ts';
import { isSuccess, type MadeObject } from '../../state/objects.ts';
import type { Check, CheckContext, Session, TestCase } from '../check.ts';
import { listVariants, makeDistinct, readObject, retrieve } from './own-objects.ts';
import { createReadOnlyBody, findTakenOver } from './read-only.ts';
import { formatChange, listChanges, listUpdateCases, type Update, update } from './updates.ts';

const MAX_CHANGES = 10;

export const updateIsolated: Check = {
  name: 'update_isolated',
  severity: 'error',
  basis: 'description',
  rationale: 'An update changes neither other objects nor members that the request does not send.',
  testCases: (operation, context) => listUpdateCases(operation, context, createTestCases),
};

type Members = Readonly<Record<string, unknown>>;

function createTestCases({ resource, operation, context, waitUntil }: Update): TestCase[] {
  const changes = listChanges(operation, context, MAX_CHANGES);
  const own = changes.length > 1 ? changes.slice(1) : changes;
  // The test cases run one after the other, so they can share the objects that must not change.
  let others: readonly MadeObject[] | undefined;
  const chosen = createChosenBody(resource.create, context);
  const unchosen = own.find(({ value }) => chosen && Object.keys(value).every((name) => !chosen.names.includes(name)));
  const readOnly = operation.method === 'PATCH' ? createReadOnlyBody(operation, context) : undefined;
  const readOnlyCase: TestCase[] = readOnly
    ? [
        {
          name: `${operation.id}, read-only members`,
          async run(session) {
            const [made] = await makeDistinct(session, { resource, context }, 1);
            if (!made) return;
            const parts = { parameters: made.parametersFor(operation), body: readOnly.body };
            const answer = await session.send(parts, operation);
            if (!isSuccess(answer.status)) return;
            const read = await retrieve(session, made);
            const violations = findTakenOver(isSuccess(read.status) ? read : answer, resource, readOnly);
            for (const one of violations) session.report(answer, one);
          },
        },
      ]
    : [];
  const cases = [
    ...own.map((change) => ({ change, name: formatChange(operation, change), body: undefined })),
    ...(chosen && unchosen
      ? [{ change: unchosen, name: `${formatChange(operation, unchosen)}, other choices before`, body: chosen.value }]
      : []),
  ].map(
    ({ change, name, body }): TestCase => ({
      name,
      async run(session) {
        const [first, ...rest] = await makeDistinct(session, { resource, context }, others ? 1 : 3);
        const made = body === undefined ? first : await session.create(resource, body);
        if (!made) return;
        others ??= rest;
        const readSent = async (one: MadeObject) => selectSent(one, await readMembers(session, one));
        const old = await readSent(made);
        const oldOthers = await Promise.all(others.map(readSent));
        const answer = await update(session, { operation, context, made }, change);
        if (!isSuccess(answer.status)) session.skip(`${operation.id} answered ${answer.status}`);
        const specRef = [operation.definition, 'requestBody'] as const;
        const current = await waitUntil(
          () => readMembers(session, made),
          (read) => findChanged(old, read, Object.keys(change.value)) === undefined,
        );
        const member = findChanged(old, current, Object.keys(change.value));
        if (member !== undefined) {
          session.report(answer, {
            expected: `${member} as before, because the request does not send it: ${preview(old[member])}`,
            actual: preview(current[member]),
            specRef,
          });
        }
        for (const [index, other] of others.entries()) {
          const oldOther = oldOthers[index] ?? {};
          const now = await waitUntil(
            () => readMembers(session, other),
            (read) => findChanged(oldOther, read, []) === undefined,
          );
          const changed = findChanged(oldOther, now, []);
          if (changed === undefined) continue;
          session.report(answer, {
            expected: `the ${changed} of another ${resource.name} as before: ${preview(oldOther[changed])}`,
            actual: preview(now[changed]),
            specRef,
          });
        }
      },
    }),
  );
  return [...cases, ...readOnlyCase];
}

interface ChosenBody {
  readonly value: Members;
  /** The members with another choice than usual. */
  readonly names: readonly string[];
}

/** Returns a valid body with other choices than the usual ones, because some servers reset members to their defaults. */
function createChosenBody(operation: Operation, context: CheckContext): ChosenBody | undefined {
  const body = context.base.bodyFor(operation);
  if (isSkipped(body) || !isObject(body.value)) return undefined;
  const { media } = body;
  let value: Members = body.value;
  const names: string[] = [];
  for (const variant of listVariants(operation, context, Number.POSITIVE_INFINITY)) {
    const [name] = variant.place;
    const isChoice = variant.keyword === 'enum' || /: (true|false)$/.test(variant.name);
    if (!isChoice || variant.place.length !== 1 || typeof name !== 'string' || names.includes(name)) continue;
    const changed = { ...value, [name]: isObject(variant.value) ? variant.value[name] : undefined };
    if (context.validator.validateRequest(media.schema ?? {}, changed, 'body').length > 0) continue;
    value = changed;
    names.push(name);
  }
  return names.length > 0 ? { value, names } : undefined;
}

async function readMembers(session: Session, made: MadeObject): Promise<Members> {
  return readObject(await retrieve(session, made), made.resource, made.sent)?.value ?? {};
}

/** Returns the members that the creation sent. The server may compute the others. */
function selectSent({ sent }: MadeObject, members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => isObject(sent) && Object.hasOwn(sent, name)));
}

/** Returns the name of a member that has changed, other than the given ones. */
function findChanged(before: Members, after: Members, sent: readonly string[]): string | undefined {
  return Object.keys(before).find(
    (name) => !sent.includes(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}
