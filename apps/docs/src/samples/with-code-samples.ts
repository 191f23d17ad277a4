import type { Sample } from './read-samples.ts';

/** An operation with `x-codeSamples`, which Redoc shows before the samples that it generates. */
interface OperationObject {
  readonly operationId?: string;
  'x-codeSamples'?: { lang: string; label: string; source: string }[];
}

/**
 * Returns a copy of the document with each sample in the `x-codeSamples` of its operation.
 *
 * @throws Error if a sample belongs to an operation that the document does not have.
 * @example
 * const document = withCodeSamples(parse(text), await readSamples());
 */
export function withCodeSamples<T extends object>(document: T, samples: readonly Sample[]): T {
  const copy = structuredClone(document);
  const operations = new Map(operationsOf(copy).map((operation) => [operation.operationId, operation]));
  for (const { operationId, file, lang, label, source } of samples) {
    const operation = operations.get(operationId);
    if (operation === undefined) {
      throw new Error(
        `samples/${file}: the description has no operation ${operationId}. Rename the folder to an operation ID.`,
      );
    }
    operation['x-codeSamples'] = [...(operation['x-codeSamples'] ?? []), { lang, label, source }];
  }
  return copy;
}

function operationsOf(document: { paths?: Readonly<Record<string, object>> }): OperationObject[] {
  return Object.values(document.paths ?? {})
    .flatMap((item) => Object.values(item))
    .filter((member) => typeof member === 'object' && member !== null);
}
