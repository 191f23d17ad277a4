/**
 * Returns the value at a JSON Pointer (RFC 6901), or undefined if there is none.
 *
 * @example
 * resolvePointer('/paths/~1pets/get', document);
 */
export function resolvePointer(pointer: string, document: unknown): unknown {
  return parsePointer(pointer).reduce<unknown>(
    (value, token) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, token)
        ? (value as Record<string, unknown>)[token]
        : undefined,
    document,
  );
}

/**
 * Returns the path of a JSON Pointer (RFC 6901).
 *
 * @example
 * parsePointer('/paths/~1pets/get'); // ['paths', '/pets', 'get']
 */
export function parsePointer(pointer: string): string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * Returns the JSON Pointer (RFC 6901) of a path.
 *
 * @example
 * formatPointer(['paths', '/pets', 'get']); // '/paths/~1pets/get'
 */
export function formatPointer(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
