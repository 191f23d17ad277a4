/**
 * Returns the document with each example reference that has a `summary` replaced by the example with that summary.
 * Redoc ignores a summary beside `$ref`, so two references to the same example would have the same name.
 *
 * @example
 * const document = withExampleSummaries(spec);
 */
export function withExampleSummaries<T extends object>(document: T): T {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, summary, ...rest } = node as Record<string, unknown>;
    if (typeof $ref === 'string' && typeof summary === 'string' && $ref.startsWith('#/components/examples/')) {
      return { ...(resolve(document, $ref) as object), summary, ...rest };
    }
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, visit(member)]));
  };
  return visit(document) as T;
}

function resolve(document: object, ref: string): unknown {
  const names = ref.slice(2).split('/');
  return names.reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], document);
}
