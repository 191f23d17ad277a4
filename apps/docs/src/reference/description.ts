import { asObject, findReferenceTarget, type JsonObject, listOperations } from '@firstofficer/openapi';
import type { Sample } from '../content/samples.ts';
import { addSchemaExamples } from './schema-examples.ts';

/** The parts of an OpenAPI document that the site reads. */
export type Document = JsonObject & {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly summary?: string;
    readonly description?: string;
    readonly contact?: { readonly name?: string };
  };
  readonly tags?: readonly { readonly name: string }[];
  readonly components?: { readonly schemas?: JsonObject };
};

/** The name of the tag that lists the schemas. It is the menu group of their pages and a part of their URLs. */
export const SCHEMAS = 'Schemas';

/**
 * Returns the description that Redoc renders: the given one with code samples and with an example of each schema.
 *
 * @throws Error if a sample belongs to an unknown operation, or if a schema has no example.
 */
export function extendDescription(
  description: Document,
  { samples }: { readonly samples: readonly Sample[] },
): Document {
  const tags = (description.tags ?? []).map(({ name }) => name);
  return {
    ...addSchemaExamples(inlineExampleSummaries(addCodeSamples(description, samples))),
    'x-tagGroups': [{ name: 'Reference', tags: [...tags, SCHEMAS] }],
  };
}

/**
 * Returns a copy of the document with each sample in the `x-codeSamples` of its operation. Redoc shows these before the
 * samples that it generates.
 *
 * @throws Error if a sample belongs to an operation that the document does not have.
 */
export function addCodeSamples<T extends JsonObject>(document: T, samples: readonly Sample[]): T {
  const copy = structuredClone(document);
  const operations = new Map(
    listOperations(copy).map(({ method, path, definition }) => [
      definition.operationId ?? `${method} ${path}`,
      definition,
    ]),
  );
  for (const { operationId, file, lang, label, title, source } of samples) {
    const operation: { 'x-codeSamples'?: object[] } | undefined = operations.get(operationId);
    if (operation === undefined) {
      throw new Error(
        `samples/${file}: the description has no operation ${operationId}. Rename the folder to an operation ID.`,
      );
    }
    operation['x-codeSamples'] = [...(operation['x-codeSamples'] ?? []), { lang, label, title, source }];
  }
  return copy;
}

/**
 * Returns the document with each example reference that has a `summary` replaced by the example with that summary.
 * Redoc ignores a summary beside `$ref`, so two references to the same example would have the same name.
 */
export function inlineExampleSummaries<T extends JsonObject>(document: T): T {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, summary, ...rest } = asObject(node);
    if (typeof $ref === 'string' && typeof summary === 'string' && $ref.startsWith('#/components/examples/')) {
      return { ...asObject(findReferenceTarget(document, $ref)), summary, ...rest };
    }
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, visit(member)]));
  };
  // Only example references are replaced, so the document keeps its type.
  return visit(document) as T;
}
