import type { Operation } from '@firstofficer/openapi';
import { isSafeMethod, parseJson } from '../http/exchange.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { createRequest } from '../request/operation-request.ts';
import type { ParameterValues } from '../request/serialization.ts';
import { findId, findOwner, type Resource } from './resources.ts';

/** An object that the run created on the target. */
export interface MadeObject {
  readonly resource: Resource;
  /** The response to the request that created the object. */
  readonly created: OperationExchange;
  /** The value of the body of that request. */
  readonly sent: unknown;
  /** Returns the parameter values with which an operation acts on this object. */
  parametersFor(operation: Operation): ParameterValues;
}

/** The objects that a run created, so that it changes only these and deletes all of them. */
export interface ObjectStore {
  readonly resources: readonly Resource[];
  /** Registers that objects exist which the run did not create. */
  addForeign(list: OperationExchange, resource: Resource): void;
  /** Registers the effects of an exchange: a created object, a deleted object. Returns the created object. */
  observe(exchange: OperationExchange): MadeObject | undefined;
  /** Returns the path of an object, such as `/pets/7`. */
  locate(object: MadeObject): string;
  /** Returns the object on which a request acts, or undefined if the run did not create it. */
  find(operation: Operation, path: string): MadeObject | undefined;
  /** Returns whether a request acts on an object that the run created and deleted. */
  wasDeleted(operation: Operation, path: string): boolean;
  /** Returns whether an object still exists. */
  has(object: MadeObject): boolean;
  /** Returns an object that no test case uses and that none has changed, and reserves it. */
  reserve(resource: Resource): MadeObject | undefined;
  /** Ends the use of an object by a test case. Other test cases may use it only if it is unchanged. */
  release(object: MadeObject, isUnchanged: boolean): void;
  /** Returns an object of which test cases only read, if the run has one. */
  findShared(resource: Resource): MadeObject | undefined;
  /** Sets the object of which test cases only read. */
  share(object: MadeObject): void;
  /** Returns the objects that still exist, newest first, so that objects are deleted before those that contain them. */
  listRemaining(): MadeObject[];
  /** Returns the objects that still exist and that no test case needs, newest first. */
  listUnused(): MadeObject[];
}

/** Creates a store without objects. */
export function createObjectStore(resources: readonly Resource[]): ObjectStore {
  const foreign = new Set<string>();
  const objects = new Map<string, MadeObject>();
  const deleted = new Set<string>();
  const available = new Set<MadeObject>();
  const shared = new Map<Resource, MadeObject>();
  const inUse = new Set<MadeObject>();

  /** Returns the path of an object, which no other object has. */
  const locate = ({ resource, parametersFor }: MadeObject) => {
    const operation = findItemOperation(resource);
    return getPath(createRequest(operation, { parameters: parametersFor(operation) }));
  };

  function register(exchange: OperationExchange): MadeObject | undefined {
    const { operation, request } = exchange;
    const resource = resources.find(({ create }) => create === operation);
    if (!resource || request.method !== operation.method || !hasCreated(exchange, resource)) return undefined;
    const values = resource.identify(exchange, findItemOperation(resource));
    if (!values) return undefined;
    const made: MadeObject = {
      resource,
      created: exchange,
      sent: parseJson(String(request.body ?? '')),
      parametersFor: (one) => resource.identify(exchange, one) ?? {},
    };
    const path = locate(made);
    // A server that reuses IDs could return the ID of an object that the run did not create.
    if (foreign.has(path)) return undefined;
    objects.set(path, made);
    inUse.add(made);
    return made;
  }

  /** Returns the path of the object on which a request acts. */
  const findPath = (operation: Operation, path: string) => {
    const depth = findOwner(resources, operation)?.item.split('/').length ?? 0;
    return path.split('/').slice(0, depth).join('/');
  };

  const find: ObjectStore['find'] = (operation, path) => objects.get(findPath(operation, path));

  function forget(object: MadeObject): void {
    objects.delete(locate(object));
    deleted.add(locate(object));
    available.delete(object);
    inUse.delete(object);
    if (shared.get(object.resource) === object) shared.delete(object.resource);
  }

  return {
    resources,
    addForeign({ json, request }, resource) {
      const operation = findItemOperation(resource);
      const prefix = getPath(request).replace(/\/$/, '');
      const isBelow = operation.path.split('/').length === prefix.split('/').length + 1;
      if (!isBelow) return;
      for (const item of listItems(json)) {
        const id = findId(item, resource);
        if (id !== undefined) foreign.add(`${prefix}/${encodeURIComponent(id)}`);
      }
    },
    observe(exchange) {
      const { operation, request, status } = exchange;
      const object = isSafeMethod(request.method) ? undefined : find(operation, getPath(request));
      if (object && request.method === 'DELETE' && operation === object.resource.remove && isGone(status)) {
        forget(object);
      }
      return register(exchange);
    },
    locate,
    find,
    wasDeleted(operation, path) {
      const own = findPath(operation, path);
      return deleted.has(own) && !foreign.has(own);
    },
    has: (object) => objects.get(locate(object)) === object,
    reserve(resource) {
      const object = [...available].find((one) => one.resource === resource);
      if (!object) return undefined;
      available.delete(object);
      inUse.add(object);
      return object;
    },
    release(object, isUnchanged) {
      inUse.delete(object);
      if (isUnchanged && objects.get(locate(object)) === object) available.add(object);
    },
    findShared: (resource) => shared.get(resource),
    share: (object) => void shared.set(object.resource, object),
    listRemaining: () => [...objects.values()].toReversed(),
    listUnused() {
      const isShared = (object: MadeObject) => shared.get(object.resource) === object;
      return [...objects.values()].filter((object) => !inUse.has(object) && !isShared(object)).toReversed();
    },
  };
}

/** Returns the members of a JSON body that are objects of a list: the body itself, or its members that are lists. */
export function listItems(json: unknown): unknown[] {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null) return [];
  return Object.values(json).filter(Array.isArray).flat();
}

/** Returns the path of a request without the query. */
export function getPath({ target }: { readonly target: string }): string {
  return target.split('?')[0] ?? '';
}

/** Returns an operation whose path is that of one object. */
function findItemOperation({ retrieve, remove, update, create }: Resource): Operation {
  return retrieve ?? remove ?? update[0] ?? create;
}

/** Returns whether a response says that the request created an object. A PUT with 200 replaced one. */
function hasCreated({ status }: OperationExchange, { create }: Resource): boolean {
  return status === 201 || (status === 200 && create.method === 'POST' && !create.responses['201']);
}

/** Returns whether a response to DELETE says that the object does not exist any more. */
function isGone(status: number): boolean {
  return isSuccess(status) || status === 404 || status === 410;
}

/** Returns whether a status is 2xx. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
