import { hideMember } from './hidden.ts';
import { resolvePointer } from './pointer.ts';

/**
 * Hides the references that are part of a cycle, such as those from a tree to its branches and back, so that they are not
 * resolved: most code cannot process objects that contain themselves. References into a cycle are not part of it.
 *
 * @returns Whether there are references that this function does not follow, such as those to an `$anchor`.
 * @example
 * hideRecursiveReferences(document);
 */
export function hideRecursiveReferences(document: object): { readonly hasOtherReferences: boolean } {
  const successors = new Map<object, object[]>([[document, []]]);
  const predecessors = new Map<object, object[]>([[document, []]]);
  const targets = new Map<object, unknown>();
  let hasOtherReferences = false;
  for (const object of successors.keys()) {
    const target = findTarget(document, object);
    if (target !== undefined) targets.set(object, target.value);
    hasOtherReferences ||= target !== undefined && target.value === undefined;
    for (const next of [...Object.values(object), target?.value]) {
      if (typeof next !== 'object' || next === null) continue;
      if (!successors.has(next)) {
        successors.set(next, []);
        predecessors.set(next, []);
      }
      successors.get(object)?.push(next);
      predecessors.get(next)?.push(object);
    }
  }
  const recursive = new Set(successors.keys());
  removeEnds(recursive, predecessors, successors);
  removeEnds(recursive, successors, predecessors);
  for (const object of recursive) {
    for (const [name, member] of Object.entries(object)) {
      if (recursive.has(targets.get(member) as object)) hideMember(object, name);
    }
  }
  return { hasOtherReferences };
}

type Edges = ReadonlyMap<object, readonly object[]>;

/** Removes objects that have no predecessor in the set, until there are none. */
function removeEnds(objects: Set<object>, predecessors: Edges, successors: Edges): void {
  const isInSet = (object: object) => objects.has(object);
  const counts = new Map([...objects].map((object) => [object, predecessors.get(object)?.filter(isInSet).length ?? 0]));
  const ends = [...objects].filter((object) => counts.get(object) === 0);
  for (const end of ends) {
    objects.delete(end);
    for (const next of successors.get(end)?.filter(isInSet) ?? []) {
      const count = (counts.get(next) ?? 0) - 1;
      counts.set(next, count);
      if (count === 0) ends.push(next);
    }
  }
}

/**
 * Returns the target of an object that is a reference, or undefined if the object is no reference. The value of the target
 * is undefined if it is not at a JSON Pointer of this document.
 */
function findTarget(document: object, object: object): { readonly value: unknown } | undefined {
  const { $ref } = object as { $ref?: unknown };
  if (typeof $ref !== 'string') return undefined;
  if (!/^#(\/|$)/.test($ref)) return { value: undefined };
  try {
    return { value: resolvePointer(decodeURIComponent($ref.slice(1)), document) };
  } catch {
    // The error for invalid percent-encoding comes later, when references are resolved.
    return { value: undefined };
  }
}
