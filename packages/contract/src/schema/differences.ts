/**
 * Where a value lacks what is expected of it, as paths such as `body/current_mrr`. Members beyond the expected ones are
 * no difference. Values are left out: they may be personal data or figures of a customer.
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

/** The value at such a path; undefined if there is none. */
export function memberAt(body: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], body);
}
