import { asObject, type Deprecation, type Operation, readDeprecation } from '@firstofficer/openapi';
import { listComposedSchemas } from '../schema/walk.ts';

/** Something that an operation has and clients should no longer use. */
export interface DeprecatedPart {
  /** Such as `the query parameter page_size`. */
  readonly name: string;
  readonly deprecation: Deprecation;
  /** The object of the description that has the member `deprecated`. */
  readonly definition: object;
}

/**
 * Returns what is deprecated of an operation: itself, parameters, headers of responses, and members of bodies.
 *
 * @param seen - The objects of the description to leave out. The function adds those that it looks at, so that several
 * operations do not return, and do not search, what they share.
 */
export function listDeprecatedParts(operation: Operation, seen: Set<unknown> = new Set()): readonly DeprecatedPart[] {
  const { id, definition, parameters, requestBody, responses } = operation;
  const parts: DeprecatedPart[] = [];
  const add = (name: string, object: unknown) => {
    const deprecation = seen.has(object) ? undefined : readDeprecation(object);
    if (deprecation) parts.push({ name, deprecation, definition: asObject(object) });
    seen.add(object);
  };
  const addMembers = (schema: unknown, body: string) => {
    for (const [path, member] of walkMembers(schema, seen)) add(`the member ${path} of ${body}`, member);
  };

  add(`the operation ${id}`, definition);
  for (const parameter of parameters) add(`the ${parameter.in} parameter ${parameter.name}`, parameter);
  for (const { schema } of Object.values(requestBody?.content ?? {})) addMembers(schema, 'the request body');
  for (const { headers = {}, content = {} } of Object.values(responses)) {
    for (const [name, header] of Object.entries(headers)) add(`the response header ${name}`, header);
    for (const { schema, itemSchema } of Object.values(content)) {
      for (const body of [schema, itemSchema]) addMembers(body, 'the response body');
    }
  }
  return parts;
}

/** Yields all members that a schema describes, with their shortest paths, such as `data.amount`. Skips schemas in `seen`. */
function* walkMembers(schema: unknown, seen: ReadonlySet<unknown>): Generator<[path: string, member: unknown]> {
  const queue: [path: string, schema: unknown][] = [['', schema]];
  const queued = new Set([schema]);
  for (const [path, value] of queue) {
    if (typeof value !== 'object' || value === null) continue;
    for (const { properties, items, prefixItems, additionalProperties } of listComposedSchemas(asObject(value))) {
      const members = [
        ...Object.entries(asObject(properties)),
        ...(additionalProperties === undefined ? [] : ([['*', additionalProperties]] as const)),
      ].map(([name, member]): [string, unknown] => [path === '' ? name : `${path}.${name}`, member]);
      const inner = [items, ...(Array.isArray(prefixItems) ? prefixItems : [])].map((item): [string, unknown] => [
        path,
        item,
      ]);
      const unknown = [...members, ...inner].filter(([, one]) => !queued.has(one) && !seen.has(one));
      for (const entry of unknown) {
        queued.add(entry[1]);
        queue.push(entry);
        if (members.includes(entry)) yield entry;
      }
    }
  }
}
