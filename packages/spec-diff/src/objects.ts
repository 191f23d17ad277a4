/** An object of a parsed document. */
export type Members = Readonly<Record<string, unknown>>;

/** Returns whether a value of a parsed document is an object. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value at a path in a document, or undefined if there is none. */
export function getValue(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return value[Number(name)];
    return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }, document);
}
