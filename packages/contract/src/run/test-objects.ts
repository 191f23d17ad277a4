import { randomInt, randomUUID } from 'node:crypto';
import type { JsonSchema, Operation, Parameter } from '@firstofficer/openapi';
import { isMethodAllowed } from '../checks/check.ts';
import { type BaseBody, findUse, isSkipped, requiresUniqueText } from '../generate/base-data.ts';
import { renewValue } from '../generate/renew.ts';
import { isSafeMethod } from '../http/exchange.ts';
import { type RequestBody, serializeBody } from '../request/body.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { RequestParts } from '../request/operation-request.ts';
import type { ParameterValues } from '../request/serialization.ts';
import { isSuccess, type MadeObject } from '../state/objects.ts';
import { findOwner, type Resource } from '../state/resources.ts';
import type { RunContext } from './context.ts';

/** The objects that one test case uses and creates. */
export interface TestObjects {
  /**
   * Returns the parameter values of a request. An unsafe request gets an object that only this test case uses, so that it
   * changes nothing that other test cases read.
   */
  parametersFor(operation: Operation, parts: RequestParts): Promise<ParameterValues>;
  /** Creates an object. Returns undefined if the target did not create one. */
  create(resource: Resource, body?: unknown): Promise<MadeObject | undefined>;
  /** Registers the effects of an exchange. */
  observe(exchange: OperationExchange): void;
  /** Makes the objects that the test case did not change available to other test cases. */
  end(): void;
}

/** Sends a request of a creation. */
type Send = (parts: RequestParts, operation: Operation) => Promise<OperationExchange>;

// A target that refused so many creations refuses the next ones as well, for example because of a quota.
const MAX_REFUSED = 3;
const MAX_OTHER_BODIES = 4;

/** Returns the objects of one test case. */
export function createTestObjects(context: RunContext, send: Send): TestObjects {
  const { store, base, validator, refused, accepted } = context;
  const mine = new Set<MadeObject>();
  const own = new Map<Resource, MadeObject>();
  const changed = new Set<MadeObject>();
  let last: MadeObject | undefined;

  async function tryCreate(resource: Resource, body: RequestBody | undefined): Promise<MadeObject | number> {
    const { create } = resource;
    const key = create.method === 'PUT' ? await findFreshKey(resource) : {};
    if (!key) return 0;
    last = undefined;
    const { status } = await send({ parameters: { ...base.parametersFor(create), ...key }, body }, create);
    return last ?? status;
  }

  /** Returns a value of the last path parameter that no object has, or undefined if none is found. */
  async function findFreshKey({ create, retrieve }: Resource): Promise<ParameterValues | undefined> {
    const parameter = create.parameters.findLast(({ in: place }) => place === 'path');
    for (const value of parameter ? listFreshValues(parameter) : []) {
      if (!parameter || validator.validateText(parameter.schema ?? {}, value, 'value').length > 0) continue;
      const values = { [parameter.name]: value };
      if (!retrieve || [404, 410].includes((await send({ parameters: values }, retrieve)).status)) return values;
    }
    return undefined;
  }

  /** Returns the bodies of a creation that may succeed, with other text in each one after the first. */
  function* listBodies({ create }: Resource, given: unknown): Generator<BaseBody> {
    const usual = base.bodyFor(create);
    if (isSkipped(usual)) return;
    const renew = (body: BaseBody, value: unknown): BaseBody => {
      const generation = { validator, use: findUse(body.mediaType) };
      const renewed = renewValue(body.media.schema ?? {}, value, { generation, number: base.nextNumber() });
      return withValue(body, renewed);
    };
    if (given !== undefined) {
      yield withValue(usual, given);
      yield renew(usual, given);
      return;
    }
    const known = accepted.get(create);
    if (known) yield requiresUniqueText(create) ? renew(known, known.value) : known;
    else yield usual;
    yield renew(known ?? usual, (known ?? usual).value);
    yield* base.otherBodiesFor(create).slice(0, MAX_OTHER_BODIES);
  }

  async function deleteUnused(): Promise<boolean> {
    const unused = store.listUnused().filter(({ resource: { remove } }) => remove);
    for (const object of unused) {
      const { remove } = object.resource;
      if (remove) await send({ parameters: object.parametersFor(remove) }, remove);
    }
    return unused.length > 0;
  }

  async function create(resource: Resource, given?: unknown): Promise<MadeObject | undefined> {
    const { create: operation } = resource;
    if (!isMethodAllowed(context, operation.method)) return undefined;
    const isHopeless = (refused.get(resource) ?? 0) >= MAX_REFUSED;
    // The target may allow only a few objects.
    if (isHopeless && !(await deleteUnused())) return undefined;
    const bodies = [...listBodies(resource, given)];
    for (const body of bodies.length > 0 ? bodies : [undefined]) {
      let result = await tryCreate(resource, body);
      if (isRefusal(result) && (await deleteUnused())) result = await tryCreate(resource, body);
      if (typeof result === 'object') {
        refused.delete(resource);
        if (body && given === undefined) accepted.set(operation, body);
        return result;
      }
      if (!isRefusal(result)) break;
    }
    if (given === undefined) refused.set(resource, (refused.get(resource) ?? 0) + 1);
    return undefined;
  }

  return {
    async parametersFor(operation, parts) {
      const values = base.parametersFor(operation);
      const owner = findOwner(store.resources, operation);
      const method = (parts.method ?? operation.method).toUpperCase();
      if (!owner || isSafeMethod(method) || isCreator(store.resources, operation, method)) return values;
      const given = { ...parts.parameters, ...parts.segments };
      if (listPathParameters(operation).every(({ name }) => name in given)) return values;
      const current = own.get(owner);
      const object = current && store.has(current) ? current : (store.reserve(owner) ?? (await create(owner)));
      if (!object) return values;
      own.set(owner, object);
      mine.add(object);
      return { ...values, ...object.parametersFor(operation) };
    },
    create,
    observe(exchange) {
      const { operation, request, status } = exchange;
      const target = isSafeMethod(request.method)
        ? undefined
        : store.find(operation, request.target.split('?')[0] ?? '');
      // An error response may come after a change.
      if (target && (isSuccess(status) || status >= 500)) changed.add(target);
      last = store.observe(exchange);
      if (last) mine.add(last);
    },
    end() {
      for (const object of mine) store.release(object, own.get(object.resource) === object && !changed.has(object));
    },
  };
}

function withValue(body: BaseBody, value: unknown): BaseBody {
  return { ...body, ...serializeBody(body.mediaType, body.media, value), value };
}

/** Returns whether a target may accept other data, or the same data at another time. */
function isRefusal(result: MadeObject | number): boolean {
  return typeof result === 'number' && [400, 402, 403, 409, 422, 507].includes(result);
}

/** Returns whether an operation creates objects in a collection. It changes no object. */
function isCreator(resources: readonly Resource[], operation: Operation, method: string): boolean {
  return method === 'POST' && resources.some(({ create }) => create === operation);
}

function listPathParameters({ parameters }: Operation): Parameter[] {
  return parameters.filter(({ in: place }) => place === 'path');
}

/** Returns random values for a path parameter, of several types. */
function listFreshValues({ schema = {} }: Parameter): (string | number)[] {
  const { minimum = 1, maximum = 2 ** 31 - 1 } = schema as Readonly<Record<string, number>> & JsonSchema;
  const letters = Array.from({ length: 12 }, () => String.fromCharCode(97 + randomInt(26))).join('');
  const isWide = Number.isInteger(minimum) && Number.isInteger(maximum) && maximum - minimum >= 10 ** 6;
  return [
    letters,
    letters.slice(0, 8),
    randomUUID(),
    ...(isWide ? [randomInt(minimum, Math.min(maximum, minimum + 2 ** 40))] : []),
  ];
}
