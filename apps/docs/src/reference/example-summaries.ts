/**
 * Puts the summary that stands beside a `$ref` into the example itself: Redoc shows the one of the example that is
 * referred to, so that two uses of one example would bear the same name.
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
