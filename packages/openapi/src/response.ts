import type { Operation, Response } from './description.ts';

/** A response of an operation, and the status as the description writes it. */
interface DocumentedResponse {
  /** Such as `200`, `4XX` or `default`. */
  readonly status: string;
  readonly response: Response;
}

/**
 * What an operation documents for a status: for that very one, for its class (`4XX`), or by `default`.
 *
 * @returns undefined if it documents none.
 * @example
 * responseFor(retrieveCustomer, 404); // { status: '404', response: { description: '…', content: … } }
 */
export function responseFor({ responses }: Operation, status: number): DocumentedResponse | undefined {
  const code = String(status);
  // OpenAPI writes classes in upper case; descriptions in the wild do not always.
  const candidates = [code, `${code[0]}XX`, `${code[0]}xx`, 'default'];
  for (const candidate of candidates) {
    const response = responses[candidate];
    if (response) return { status: candidate, response };
  }
  return undefined;
}
