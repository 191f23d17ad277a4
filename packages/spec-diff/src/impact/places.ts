import { METHODS } from '@firstofficer/openapi';
import { getValue, isObject, type Members } from '../objects.ts';

/** The words for the things of a description that have a name. */
export const NOUNS: Readonly<Record<string, string>> = {
  properties: 'member',
  parameters: 'parameter',
  responses: 'response',
  headers: 'header',
  content: 'media type',
  links: 'link',
  examples: 'example',
  schemas: 'schema',
  securitySchemes: 'authentication scheme',
  tags: 'tag',
  servers: 'server',
  callbacks: 'callback',
  requestBodies: 'request body',
  variables: 'variable',
};

/** Keywords that lead to a part of a schema which has no name. */
const TRANSPARENT = new Set(['schema', 'allOf', 'anyOf', 'oneOf']);

/**
 * Returns how people name a place in a description.
 *
 * @param path - The names that lead to the place.
 * @example
 * describePlace(document, ['components', 'schemas', 'Customer']); // 'the response 200 of retrieveCustomer'
 */
export function describePlace(document: unknown, path: readonly string[]): string {
  const place = describeWithin(document, path);
  // An operation alone needs a noun, so that a sentence does not begin with its name.
  return place.startsWith('the ') ? place : `the operation ${place}`;
}

function describeWithin(document: unknown, path: readonly string[]): string {
  const [first, kind = '', name = ''] = path;
  if (first === 'components' && name) {
    return describeParts(document, { path, depth: 3, place: describeComponent(document, kind, name) });
  }
  if (first === 'paths' && kind) {
    const isOperation = METHODS.includes(name);
    const place = isOperation ? describeOperation(document, path) : `the path ${code(kind)}`;
    return describeParts(document, { path, depth: isOperation ? 3 : 2, place });
  }
  return describeParts(document, { path, depth: first === 'info' ? 1 : 0, place: 'the API' });
}

/** Returns the name of an operation: its operationId, or its method and path. */
export function describeOperation(document: unknown, [, path = '', method = '']: readonly string[]): string {
  const id = getValue(document, ['paths', path, method, 'operationId']);
  return typeof id === 'string' ? word(id) : code(`${method.toUpperCase()} ${path}`);
}

/** A place whose further parts are described. */
interface Progress {
  readonly path: readonly string[];
  /** How many names of the path are described. */
  readonly depth: number;
  readonly place: string;
}

function describeParts(document: unknown, { path, depth: start, place: outer }: Progress): string {
  let place = outer;
  let members: string[] = [];
  for (let depth = start; depth < path.length; depth += 1) {
    const [keyword = '', name = ''] = path.slice(depth);
    if (keyword === 'properties' && name) members = [...members, name];
    else if (keyword === 'items') members = [...members.slice(0, -1), `${members.at(-1) ?? ''}[]`];
    else if (keyword === 'requestBody') place = `the body of ${place}`;
    else if (keyword === 'content' && name) depth += 1;
    else if (NOUNS[keyword] && name) {
      place = `${describeThing(document, path.slice(0, depth + 2))} of ${place}`;
      depth += 1;
    } else if (!TRANSPARENT.has(keyword) && !/^\d+$/.test(keyword)) break;
    if (keyword === 'properties') depth += 1;
  }
  return members.length ? `the member ${code(members.join('.'))} of ${place}` : place;
}

/** Returns the noun and the name of the last thing on a path, such as `the parameter customer`. */
export function describeThing(document: unknown, path: readonly string[]): string {
  const [keyword = '', name = ''] = path.slice(-2);
  const noun = NOUNS[keyword] ?? keyword;
  if (keyword === 'responses') return `the ${noun} ${word(name)}`;
  if (keyword === 'parameters') {
    const { name: own = name, required, in: location } = resolve(document, getValue(document, path));
    return `the ${required === true && location !== 'path' ? 'required ' : ''}parameter ${code(own)}`;
  }
  const { name: tag, url } = Object(getValue(document, path)) as Members;
  return `the ${noun} ${code(keyword === 'servers' ? url : keyword === 'tags' ? tag : name)}`;
}

/** Returns the object that a reference leads to, or the object itself. */
function resolve(document: unknown, value: unknown): Members {
  const object = isObject(value) ? value : {};
  if (typeof object.$ref !== 'string') return object;
  const target = getValue(document, object.$ref.split('/').slice(1));
  return isObject(target) ? target : {};
}

/** Names a component by the responses and operations that use it directly, or else by its own name. */
function describeComponent(document: unknown, kind: string, name: string): string {
  const users = findUsers(getValue(document, ['paths']), `#/components/${kind}/${name}`, ['paths']);
  const component = getValue(document, ['components', kind, name]);
  if (kind === 'parameters') {
    const operations = new Set(users.map((path) => describeOperation(document, path)));
    return `the parameter ${code(Object(component).name ?? name)}${operations.size ? ` of ${joinFirst(operations)}` : ''}`;
  }
  if (kind === 'responses') return describeResponses(document, users) ?? `the response ${code(name)}`;
  if (kind === 'examples') return describeResponses(document, users) ?? `the example ${code(name)}`;
  if (kind === 'schemas') {
    const shared = Object.keys(Object(getValue(document, ['components', 'responses'])));
    const indirect = shared.flatMap((response) => {
      const path = ['components', 'responses', response];
      const isUsed = findUsers(getValue(document, path), `#/components/schemas/${name}`, path).some(isBody);
      return isUsed ? findUsers(getValue(document, ['paths']), `#/components/responses/${response}`, ['paths']) : [];
    });
    return describeResponses(document, [...users.filter(isBody), ...indirect]) ?? `the schema ${code(name)}`;
  }
  return `the ${NOUNS[kind] ?? kind} ${code(kind === 'headers' ? (users[0]?.at(-1) ?? name) : name)}`;
}

/** Returns whether a reference is the schema of a whole body. */
function isBody(path: readonly string[]): boolean {
  return path.at(-1) === 'schema' && path.at(-3) === 'content';
}

/** Returns the names of the responses in which places are, or undefined if a place is in none. */
function describeResponses(document: unknown, paths: readonly (readonly string[])[]): string | undefined {
  const statuses = new Map<string, Set<string>>();
  for (const path of paths) {
    if (path[3] !== 'responses' || path[4] === undefined) return undefined;
    const operation = describeOperation(document, path);
    statuses.set(operation, (statuses.get(operation) ?? new Set()).add(word(path[4])));
  }
  const parts = [...statuses].map(
    ([operation, own]) => `${own.size > 1 ? 'responses' : 'response'} ${joinFirst(own)} of ${operation}`,
  );
  return parts.length ? `the ${joinFirst(new Set(parts))}` : undefined;
}

/** Returns the paths of all references to a component within a value. */
function findUsers(value: unknown, reference: string, path: readonly string[]): (readonly string[])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => findUsers(item, reference, [...path, String(index)]));
  if (!isObject(value)) return [];
  if (value.$ref === reference) return [path];
  return Object.entries(value).flatMap(([name, member]) => findUsers(member, reference, [...path, name]));
}

/** Returns at most four words: a longer list ends with how many more there are. */
function joinFirst(all: ReadonlySet<string>): string {
  const words = [...all];
  return joinWords(words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words);
}

/** Joins words with commas, and the last one with `and`. */
export function joinWords(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}

/** Returns a name of the description as it is, or as code if it is no plain word. */
function word(name: string): string {
  return /^\w+$/.test(name) ? name : code(name);
}

/**
 * Returns a value of the description as Markdown code, on one line and shortened.
 *
 * @example
 * code({ type: 'string' }); // '`{"type":"string"}`'
 */
export function code(value: unknown): string {
  const text = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\s+/g, ' ');
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  const fence = '`'.repeat(Math.max(0, ...(short.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  // CommonMark removes one space at each end.
  return short === '' || fence.length > 1 ? `${fence} ${short} ${fence}` : `${fence}${short}${fence}`;
}
