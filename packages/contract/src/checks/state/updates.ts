import type { Operation } from '@firstofficer/openapi';
import { isSkipped, type Skipped } from '../../generate/base-data.ts';
import { serializeBody } from '../../request/body.ts';
import type { OperationExchange } from '../../request/operation-exchange.ts';
import { isObject } from '../../schema/json.ts';
import type { MadeObject } from '../../state/objects.ts';
import type { Resource } from '../../state/resources.ts';
import type { CheckContext, Session, TestCase } from '../check.ts';
import { createWait, listStateCases, listVariants, takeTurns, type WaitUntil } from './own-objects.ts';

/** A change of an object. */
export interface Change {
  /** Such as `/title: maxLength 60`. */
  readonly name: string;
  /** The members to send. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** An operation that updates the objects that another one creates. */
export interface Update {
  readonly resource: Resource;
  readonly operation: Operation;
  readonly context: CheckContext;
  readonly waitUntil: WaitUntil;
}

/** Returns the test cases for each operation that updates the objects that an operation creates, or why there are none. */
export function listUpdateCases(
  operation: Operation,
  context: CheckContext,
  createTestCases: (update: Update) => readonly TestCase[],
): readonly TestCase[] | Skipped {
  const waitUntil = createWait(context);
  return listStateCases(operation, { context, needs: ['retrieve'] }, (resource) => {
    if (resource.update.length === 0) {
      return { skipped: `the description has no operation that updates a ${resource.name}` };
    }
    return resource.update.flatMap((one) => createTestCases({ resource, operation: one, context, waitUntil }));
  });
}

/** Returns the name of a test case that sends a change. */
export function formatChange({ id }: Operation, { name }: Change): string {
  return `${id}, body${name.startsWith('/') ? '' : ': '}${name}`;
}

/** Returns changes to send to an update operation: the usual body, then bodies that change one member. */
export function listChanges(update: Operation, context: CheckContext, limit: number): Change[] {
  const body = context.base.bodyFor(update);
  if (isSkipped(body) || !body.isValid || !isObject(body.value) || /json-patch/.test(body.mediaType)) return [];
  const { media } = body;
  const isPartial = update.method === 'PATCH';
  const isValid = (value: unknown) => context.validator.validateRequest(media.schema ?? {}, value, 'body').length === 0;
  // Servers often take null, 0, false and empty values for absent ones.
  const isEmpty = ({ name }: { readonly name: string }) => /: (null|false|an empty list|.* 0)$/.test(name);
  const variants = listVariants(update, context, Number.POSITIVE_INFINITY);
  const ordered = takeTurns([...variants.filter(isEmpty), ...variants.filter((one) => !isEmpty(one))]).slice(0, limit);
  const changes = ordered.flatMap(({ name, place, value }): Change[] => {
    const [member] = place;
    if (!isObject(value) || typeof member !== 'string') return [];
    // The variant leaves out a member. A partial update would not change it.
    if (!Object.hasOwn(value, member)) return [];
    const alone = { [member]: value[member] };
    return [{ name, value: isPartial && isValid(alone) ? alone : value }];
  });
  return [{ name: 'the usual body', value: body.value }, ...changes];
}

/** Sends a change of an object. */
export function update(
  session: Session,
  {
    operation,
    context,
    made,
  }: { readonly operation: Operation; readonly context: CheckContext; readonly made: MadeObject },
  { value }: Change,
): Promise<OperationExchange> {
  const body = context.base.bodyFor(operation);
  if (isSkipped(body)) return session.skip(body.skipped);
  const parts = { parameters: made.parametersFor(operation), body: serializeBody(body.mediaType, body.media, value) };
  return session.send(parts, operation);
}
