/**
 * Returns the paths at which a value differs from the expected one, such as `body/current_mrr`. Further members are
 * allowed. The result has no values, because they may be personal data.
 */
export function differences(expected: unknown, actual: unknown, path = 'body'): string[] {
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, actual) ? [] : [path];
  if (typeof actual !== 'object' || actual === null || Array.isArray(expected) !== Array.isArray(actual)) return [path];
  const members = actual as Readonly<Record<string, unknown>>;
  const missing = Array.isArray(expected) && expected.length !== (actual as unknown[]).length ? [`${path}/length`] : [];
  return [
    ...missing,
    ...Object.entries(expected).flatMap(([name, value]) => differences(value, members[name], `${path}/${name}`)),
  ];
}

/** Returns the value at a path such as `body/current_mrr`, or undefined if there is none. */
export function memberAt(body: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], body);
}
