import { asObject, type JsonObject, type JsonSchema, type Operation } from '@firstofficer/openapi';
import { isSkipped, type Skipped } from '../../generate/base-data.ts';
import { renewValue } from '../../generate/renew.ts';
import { listValidCases, type ValidCase } from '../../generate/valid-cases.ts';
import { isJson, parseJson } from '../../http/exchange.ts';
import { listSchemas } from '../../lists/property.ts';
import { findDocumentedJson, type OperationExchange } from '../../request/operation-exchange.ts';
import { isObject } from '../../schema/json.ts';
import { compareValues, findObjectSchema, type ValueDifference } from '../../state/compare-values.ts';
import { isSuccess, type MadeObject } from '../../state/objects.ts';
import { findId, findRepresentation, type Resource } from '../../state/resources.ts';
import { type CheckContext, isMethodAllowed, type Session, type TestCase } from '../check.ts';

/** The operations of a resource that a check needs. */
type Need = 'retrieve' | 'list' | 'remove';

const VERBS: Readonly<Record<Need, string>> = { retrieve: 'retrieves', list: 'lists', remove: 'deletes' };

/** A resource that has the operations that a check needs. */
export type Complete<N extends Need> = Resource & { readonly [Name in N]: Operation };

/**
 * Returns the test cases of a check for the objects that an operation creates, or why there are none. The list is empty
 * for other operations.
 */
export function listStateCases<N extends Need>(
  operation: Operation,
  { context, needs }: { readonly context: CheckContext; readonly needs: readonly N[] },
  createTestCases: (resource: Complete<N>) => readonly TestCase[] | Skipped,
): readonly TestCase[] | Skipped {
  const resource = context.resources.find(({ create }) => create === operation);
  if (!resource) return [];
  if (!isMethodAllowed(context, operation.method)) {
    return { skipped: 'unsafe methods are sent only to this machine. Pass --unsafe-methods to send them' };
  }
  const missing = needs.find((need) => resource[need] === undefined);
  if (missing) return { skipped: `the description has no operation that ${VERBS[missing]} a ${resource.name}` };
  return createTestCases(resource as Complete<N>);
}

/** Creates an object for a test case, or ends the test case. */
export async function make(session: Session, resource: Resource, body?: unknown): Promise<MadeObject> {
  const made = await session.create(resource, body);
  return made ?? session.skip(`${resource.create.id} created no ${resource.name}`);
}

/** Creates objects with different data for a test case, or ends the test case if they are not different objects. */
export async function makeDistinct(
  session: Session,
  { resource, context }: { readonly resource: Resource; readonly context: CheckContext },
  count: number,
): Promise<MadeObject[]> {
  const all: MadeObject[] = [];
  for (let index = 0; index < count; index += 1) all.push(await makeOther(session, resource, context));
  const ids = all.map((made) => JSON.stringify(made.parametersFor(resource.retrieve ?? resource.create)));
  return new Set(ids).size === count ? all : session.skip(`${resource.create.id} gives several objects the same ID`);
}

/** Creates an object with other text than those before, because some targets return an existing object for equal data. */
export async function makeOther(session: Session, resource: Resource, context: CheckContext): Promise<MadeObject> {
  const body = context.base.bodyFor(resource.create);
  if (isSkipped(body) || !body.isValid || !isJson(body.mediaType)) return make(session, resource);
  const generation = { validator: context.validator, use: 'request' as const };
  const number = context.base.nextNumber();
  const other = await session.create(resource, renewValue(body.media.schema ?? {}, body.value, { generation, number }));
  return other ?? make(session, resource);
}

/** Retrieves an object. */
export function retrieve(session: Session, { resource, parametersFor }: MadeObject): Promise<OperationExchange> {
  const operation = resource.retrieve ?? resource.create;
  return session.send({ parameters: parametersFor(operation) }, operation);
}

/** Returns whether a response says that there is no such object. */
export function isMissing({ status }: OperationExchange): boolean {
  return [400, 404, 410, 422].includes(status);
}

const PAUSES_MS = [20, 80, 200, 300, 400, 500, 500, 500, 500, 500];

/** Repeats a request until its response is right, because some servers apply changes a moment later. */
export type WaitUntil = <T>(read: () => Promise<T>, isRight: (result: T) => boolean) => Promise<T>;

/** Creates a function that waits for at most `settleMs` in total until changes are visible. Changes that became visible do not count. */
export function createWait({ options: { settleMs } }: CheckContext): WaitUntil {
  let spent = 0;
  return async (read, isRight) => {
    const before = spent;
    let result = await read();
    for (const pause of PAUSES_MS) {
      if (isRight(result) || spent + pause > settleMs) break;
      spent += pause;
      await new Promise((resolve) => setTimeout(resolve, pause));
      result = await read();
    }
    if (isRight(result)) spent = before;
    return result;
  };
}

/** An object in a response, and its schema. */
export interface Representation {
  readonly value: JsonObject;
  readonly schema: JsonSchema;
}

/** Returns the object in a JSON response, or undefined if the response has none that the description documents. */
export function readObject(exchange: OperationExchange, resource: Resource, sent: unknown): Representation | undefined {
  const { json, status } = exchange;
  const schema = findDocumentedJson(exchange)?.schema;
  if (!isSuccess(status) || !schema || !isObject(json)) return undefined;
  const isLike = (value: object) => isObject(sent) && Object.keys(sent).some((name) => Object.hasOwn(value, name));
  if (isLike(json)) return { value: json, schema };
  const value = findRepresentation(json, (one) => findId(one, resource) !== undefined || isLike(one)) ?? json;
  const wrapper = Object.keys(json).find((name) => json[name] === value);
  return { value, schema: findObjectSchema(schema, wrapper) };
}

/** Returns the members of an object whose values differ from those that a request sent. */
export function compareSent(
  sent: unknown,
  representation: Representation | undefined,
  { operation, context }: { readonly operation: Operation; readonly context: CheckContext },
): ValueDifference[] {
  const body = context.base.bodyFor(operation);
  if (isSkipped(body) || !representation || !isJson(body.mediaType)) return [];
  const { validator } = context;
  const schemas = { sent: body.media.schema ?? {}, received: representation.schema, validator };
  return compareValues(sent, representation.value, schemas);
}

/** Returns the members that a request to create an object left out, with their defaults. */
export function readDefaults(sent: unknown, operation: Operation, context: CheckContext): JsonObject {
  const body = context.base.bodyFor(operation);
  if (isSkipped(body) || !isObject(sent)) return {};
  const described = listSchemas(context.description.document, body.media.schema).flatMap(({ properties }) =>
    Object.entries(asObject(properties)),
  );
  const defaults = described.flatMap(([name, schema]) => {
    const { default: value } = asObject(schema);
    return value === undefined || value === null || Object.hasOwn(sent, name) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(defaults);
}

/** Returns the JSON value that a request sent, or undefined if it sent none or an invalid one. */
export function readSent({ request, operation }: OperationExchange, { base, validator }: CheckContext): unknown {
  const body = base.bodyFor(operation);
  if (request.body === undefined || isSkipped(body) || !isJson(body.mediaType)) return undefined;
  const value = parseJson(String(request.body));
  return validator.validateRequest(body.media.schema ?? {}, value, 'body').length === 0 ? value : undefined;
}

/**
 * Returns valid values of the body of an operation that differ from the usual one, at most `limit`. Each member of the
 * body has one before any has a second one.
 */
export function listVariants(operation: Operation, { base, validator }: CheckContext, limit: number): ValidCase[] {
  const body = base.bodyFor(operation);
  if (isSkipped(body) || !body.isValid || !isJson(body.mediaType)) return [];
  const cases = listValidCases(body.media.schema ?? {}, body.value, { validator, use: 'request' });
  // Servers may refuse control characters, but must not change spaces.
  const usable = cases.filter(({ isDisputed, name }) => !isDisputed || /spaces/.test(name));
  return takeTurns(usable).slice(0, limit);
}

/** Orders values of a body such that each member has one before any has a second one. */
export function takeTurns(cases: readonly ValidCase[]): ValidCase[] {
  const byMember = [...Map.groupBy(cases, ({ place }) => place[0]).values()];
  const longest = Math.max(0, ...byMember.map((group) => group.length));
  return Array.from({ length: longest }, (_, round) => byMember.flatMap((group) => group[round] ?? [])).flat();
}
