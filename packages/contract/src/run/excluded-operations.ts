import { asArray, asObject, type Description, type Operation } from '@firstofficer/openapi';

/**
 * Returns the description without the operations that a run must not send requests to.
 *
 * @param exclude - Operation IDs, tags or paths. `*` stands for any characters.
 */
export function excludeOperations(description: Description, exclude: readonly string[]): Description {
  if (exclude.length === 0) return description;
  const operations = description.operations.filter(
    (operation) => !exclude.some((pattern) => matchesOperation(operation, pattern)),
  );
  return { ...description, operations };
}

/** Returns whether a pattern matches the ID, the path or a tag of an operation. */
export function matchesOperation({ id, path, definition }: Operation, pattern: string): boolean {
  const literals = pattern.split('*').map((literal) => literal.replaceAll(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  const expression = new RegExp(`^${literals.join('.*')}$`, 's');
  const tags = asArray(asObject(definition).tags);
  return [id, path, ...tags].some((name) => typeof name === 'string' && expression.test(name));
}
