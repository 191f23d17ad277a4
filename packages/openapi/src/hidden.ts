/** An object whose members can be replaced. */
export type MutableObject = Record<string, unknown>;

/**
 * Hides a member from code that resolves references: replaces it with a function, which is not part of JSON.
 *
 * @example
 * hideMember(object, 'x-owner');
 * restoreMembers(document);
 */
export function hideMember(object: object, name: string): void {
  const member = (object as MutableObject)[name];
  (object as MutableObject)[name] = () => member;
}

/** Restores all members of a document that {@link hideMember} has hidden. */
export function restoreMembers(document: object): void {
  const seen = new Set([document]);
  for (const object of seen) {
    for (const [name, member] of Object.entries(object)) {
      if (typeof member === 'function') (object as MutableObject)[name] = (member as () => unknown)();
      else if (typeof member === 'object' && member !== null) seen.add(member);
    }
  }
}
