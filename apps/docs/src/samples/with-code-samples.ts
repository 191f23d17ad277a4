import type { Sample } from './read-samples.ts';

/** An operation as Redoc reads it, which shows these before any sample of its own making. */
interface OperationObject {
  readonly operationId?: string;
  'x-codeSamples'?: { lang: string; label: string; source: string }[];
}

/**
 * Puts each sample into the operation that it calls, as `x-codeSamples`. The document that is given stays as it is.
 *
 * @throws Error if a sample calls an operation that the document lacks.
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
        `samples/${file} is for the operation ${operationId}, which the description lacks: rename its folder.`,
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
