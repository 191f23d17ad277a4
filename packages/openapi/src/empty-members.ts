import { METHODS } from './document.ts';

// Objects whose members are objects of OpenAPI.
const MAPS = ['paths', 'responses', 'content', 'headers', 'examples', 'encoding', 'callbacks', 'links'];
const OBJECTS = [...MAPS, ...METHODS, 'additionalOperations'];

// Data and schemas, in which null has a meaning.
const OTHERS = ['schema', 'schemas', 'itemSchema', 'example', 'value', 'dataValue', 'default', 'enum', 'const'];

/**
 * Makes empty members of a description empty objects. In YAML, a name without a value is null: `application/json:`.
 *
 * @param document - A description whose references are not resolved.
 * @example
 * fillEmptyMembers(document);
 */
export function fillEmptyMembers(document: object): void {
  const queue: [object: object, isMap: boolean][] = [[document, false]];
  for (const [object, isMap] of queue) {
    for (const [name, member] of Object.entries(object)) {
      if (!isMap && (OTHERS.includes(name) || name.startsWith('x-'))) continue;
      if (member === null && (isMap || OBJECTS.includes(name))) Object.assign(object, { [name]: {} });
      else if (typeof member === 'object' && member !== null) queue.push([member, !isMap && MAPS.includes(name)]);
    }
  }
}
