import { asObject, type JsonObject, listOperations } from '@firstofficer/openapi';
import { readSections, type Section } from './clean.ts';
import type { Document } from './description.ts';
import { loadReference, type RedocOptions, type Route } from './redoc.ts';

/** What Redoc renders for a response. */
export interface ListedResponse {
  readonly status: string;
  readonly sections: readonly Section[];
}

/**
 * Returns the responses of an operation as Redoc renders them. Redoc renders only the first response without a browser,
 * so each response is rendered from a copy of the description that has no other.
 */
export async function readResponses(
  document: Document,
  { link, key }: Pick<Route, 'link' | 'key'>,
  options: RedocOptions,
): Promise<ListedResponse[]> {
  const statuses = Object.keys(asObject(findOperation(document, key).responses));
  return Promise.all(
    statuses.map(async (status) => {
      const copy = structuredClone(document);
      const operation: { responses?: object } = findOperation(copy, key);
      operation.responses = { [status]: asObject(operation.responses)[status] };
      const sections = readSections((await loadReference(copy, options)).render(link));
      const start = sections.findIndex(({ id }) => id.endsWith('/responses'));
      return { status, sections: start === -1 ? [] : sections.slice(start) };
    }),
  );
}

/** Returns the operation with a method and a path, such as `GET /customers`. */
function findOperation(document: JsonObject, key: string): JsonObject {
  return listOperations(document).find(({ method, path }) => `${method} ${path}` === key)?.definition ?? {};
}
