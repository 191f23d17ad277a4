import {
  asObject,
  createPathMatcher,
  type Description,
  decodeSegment,
  type JsonSchema,
  type Link,
  type Operation,
  resolveLinks,
  resolveReference,
} from '@firstofficer/openapi';
import { getHeader, isJson } from '../http/exchange.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { ParameterValues } from '../request/serialization.ts';
import { listComposedSchemas } from '../schema/walk.ts';

/** A kind of object that the target stores, and the operations on one object of this kind. */
export interface Resource {
  /** The name for messages, such as `pet`. */
  readonly name: string;
  /** The operation that creates an object. */
  readonly create: Operation;
  /** The path template of one object, such as `/pets/{petId}`. */
  readonly item: string;
  readonly retrieve?: Operation;
  readonly update: readonly Operation[];
  readonly remove?: Operation;
  readonly list?: Operation;
  /** How the description connects the operations: by an OpenAPI link, by the header Location, or only by names. */
  readonly evidence: 'link' | 'location' | 'name';
  /**
   * Returns the parameter values with which an operation acts on the created object, or undefined if the response does
   * not contain them.
   */
  identify(created: OperationExchange, operation: Operation): ParameterValues | undefined;
}

/** Returns the kinds of objects that the operations of a description create. */
export function findResources({ document, operations }: Pick<Description, 'document' | 'operations'>): Resource[] {
  const creators = operations.filter(({ method }) => method === 'POST').concat(operations.filter(isPutCreator));
  const resources: Resource[] = [];
  for (const create of creators) {
    const found = findItem({ document, operations }, create);
    if (!found || resources.some(({ item }) => hasPrefix(item, found.item) && hasPrefix(found.item, item))) continue;
    const { item, evidence } = found;
    const onItem = (method: string) => operations.find((one) => one.method === method && isSamePath(one.path, item));
    const [retrieve, remove] = [onItem('GET'), onItem('DELETE')];
    const update = ['PATCH', 'PUT'].flatMap((method) => onItem(method) ?? []);
    const collection = create.method === 'PUT' ? item.replace(/\/[^/]*$/, '') : create.path;
    const list = operations.find(({ method, path }) => method === 'GET' && isSamePath(path, collection));
    if (!retrieve && !remove && update.length === 0) continue;
    const name = toSingular(collection);
    resources.push({
      name,
      create,
      item,
      ...(retrieve && { retrieve }),
      update,
      ...(remove && { remove }),
      ...(list && { list }),
      evidence,
      identify: (created, operation) => identify({ item, name }, created, operation),
    });
  }
  return resources;
}

/** Returns the resource on whose objects an operation acts: the one with the longest path that the operation's path begins with. */
export function findOwner(resources: readonly Resource[], { path }: Pick<Operation, 'path'>): Resource | undefined {
  return listOwners(resources, path)[0];
}

/** Returns the resources whose objects contain those of a resource, innermost first. */
export function listOuter(resources: readonly Resource[], resource: Resource): Resource[] {
  return listOwners(resources, resource.item).filter((one) => one !== resource);
}

function listOwners(resources: readonly Resource[], path: string): Resource[] {
  return resources
    .filter(({ item }) => hasPrefix(path, item))
    .toSorted((a, b) => splitPath(b.item).length - splitPath(a.item).length);
}

/** Returns the object that a JSON body represents: the body itself, or its only member that has one of these members. */
export function findRepresentation(json: unknown, isObject: (value: Members) => boolean): Members | undefined {
  if (!isMembers(json)) return undefined;
  if (isObject(json)) return json;
  const inner = Object.values(json).filter(isMembers).filter(isObject);
  return inner.length === 1 ? inner[0] : undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** The path of one object, and the name of its kind. */
interface Item {
  readonly item: string;
  readonly name: string;
}

/** Returns the ID of the object that a JSON body represents, or undefined if it has none. */
export function findId(json: unknown, { item, name }: Item): string | number | undefined {
  const key = listParameterNames(item).at(-1) ?? '';
  for (const member of listIdMembers(key, name)) {
    const representation = findRepresentation(json, (value) => isId(value[findName(value, member) ?? '']));
    const id = representation?.[findName(representation, member) ?? ''];
    if (isId(id)) return id;
  }
  return undefined;
}

interface FoundItem {
  readonly item: string;
  readonly evidence: Resource['evidence'];
}

function findItem(
  { document, operations }: Pick<Description, 'document' | 'operations'>,
  create: Operation,
): FoundItem | undefined {
  if (create.method === 'PUT') return { item: create.path, evidence: 'name' };
  const status = ['201', '200', '2XX'].find((code) => create.responses[code]);
  const response = status === undefined ? undefined : create.responses[status];
  if (!response) return undefined;
  // Only 201 says that the request creates something: a login with 200 may link to an object that exists.
  const links = status === '201' ? Object.values(response.links ?? {}) : [];
  const linked = links.flatMap((link) => findLinked(operations, link) ?? []);
  const target = linked.find(({ method }) => method === 'GET') ?? linked[0];
  if (target) return { item: target.path, evidence: 'link' };
  const below = operations.find(({ path }) => {
    const last = splitPath(path).at(-1) ?? '';
    return isParameter(last) && isSamePath(path, `${create.path.replace(/\/$/, '')}/${last}`);
  })?.path;
  if (below === undefined) return undefined;
  if (Object.keys(response.headers ?? {}).some((name) => name.toLowerCase() === 'location')) {
    return { item: below, evidence: 'location' };
  }
  const key = listParameterNames(below).at(-1) ?? '';
  const schemas = Object.entries(response.content ?? {}).flatMap(([type, { schema }]) =>
    schema && isJson(type) ? listObjectSchemas(document, schema) : [],
  );
  const members = listIdMembers(key, toSingular(create.path));
  const hasId = schemas.some(({ properties }) => {
    const names = asObject(properties);
    return members.some((member) => findName(names, member) !== undefined);
  });
  return hasId ? { item: below, evidence: 'name' } : undefined;
}

/** Returns the schemas of a value and of its members, because some APIs wrap the object in a member such as `data`. */
function listObjectSchemas(document: object, schema: JsonSchema): JsonSchema[] {
  const resolve = (one: unknown) => listComposedSchemas(resolveReference(document as Members, one));
  const outer = resolve(schema);
  return [...outer, ...outer.flatMap(({ properties }) => Object.values(asObject(properties)).flatMap(resolve))];
}

function findLinked(operations: readonly Operation[], { operationId }: Link): Operation | undefined {
  const target = operations.find(({ id }) => id === operationId);
  return target && isParameter(splitPath(target.path).at(-1) ?? '') ? target : undefined;
}

/** Returns whether an operation creates the object whose ID the client chooses. */
function isPutCreator({ method, path, responses }: Operation): boolean {
  return method === 'PUT' && responses['201'] !== undefined && isParameter(splitPath(path).at(-1) ?? '');
}

function identify({ item, name }: Item, created: OperationExchange, operation: Operation): ParameterValues | undefined {
  const { operation: create, documented, json, request } = created;
  const path = request.target.split('?')[0] ?? '';
  const sent = decodeAll(createPathMatcher(create.path)(path));
  const names = listParameterNames(item);
  const linked = documented ? resolveLinks(create, documented.status, json) : [];
  const byLink = (id: string) => linked.find(({ operationId }) => operationId === id)?.parameters;
  const key = names.at(-1) ?? '';
  const id = findId(json, { item, name });
  const inItem: ParameterValues = {
    ...sent,
    ...(id === undefined ? decodeAll(matchLocation(created, item)) : { [key]: id }),
    ...linked.find(({ parameters }) => parameters[key] !== undefined)?.parameters,
  };
  // Path templates with other names for the same parameters are the same path.
  const own = listParameterNames(operation.path);
  const renamed = names.map((parameter, index) => [own[index] ?? parameter, inItem[parameter]] as const);
  const values = { ...Object.fromEntries(renamed), ...byLink(operation.id) };
  const isComplete = names.every((parameter, index) => values[own[index] ?? parameter] !== undefined);
  return isComplete ? (values as ParameterValues) : undefined;
}

/** Returns the percent-encoded path parameters in the header Location, whatever comes before the path of the template. */
export function matchLocation(created: OperationExchange, item: string): Record<string, string> | undefined {
  const location = getHeader(created, 'location');
  if (location === undefined) return undefined;
  const segments = splitPath(location.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, ''));
  const path = segments.slice(-splitPath(item).length);
  return createPathMatcher(item)(`/${path.join('/')}`);
}

function decodeAll(segments: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(segments).flatMap(([name, segment]) => {
      const value = decodeSegment(segment);
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/** Returns the names that the member with the ID may have, most specific first. */
function listIdMembers(key: string, name: string): string[] {
  const simple = simplify(key);
  const isGeneral = /(id|uuid|guid|key)$/.test(simple) || simple === simplify(name);
  return [key, ...(isGeneral ? ['id', 'uuid', 'guid', `${name}Id`] : [])];
}

/** Returns the name of a member, which may be written in another case or with underscores. */
function findName(members: Members, wanted: string): string | undefined {
  return Object.keys(members).find((name) => simplify(name) === simplify(wanted));
}

function simplify(name: string): string {
  return name.replaceAll(/[^a-z\d]/gi, '').toLowerCase();
}

function toSingular(path: string): string {
  const plural = splitPath(path).findLast((segment) => !isParameter(segment)) ?? 'object';
  return plural
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
}

function splitPath(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function isParameter(segment: string): boolean {
  return /^\{[^{}]+\}$/.test(segment);
}

function isSamePath(one: string, other: string): boolean {
  return splitPath(one).length === splitPath(other).length && hasPrefix(one, other);
}

/** Returns whether a path template begins with another one. The names of parameters do not matter. */
function hasPrefix(path: string, prefix: string): boolean {
  const segments = splitPath(path);
  return splitPath(prefix).every((segment, index) => {
    const own = segments[index] ?? '';
    return own === segment || (isParameter(own) && isParameter(segment));
  });
}

function listParameterNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}

function isId(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
