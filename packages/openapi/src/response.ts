import type { Operation, Response } from './description.ts';

/** A documented response of an operation. */
interface DocumentedResponse {
  /** The status as written in the description, such as `200`, `4XX` or `default`. */
  readonly status: string;
  readonly response: Response;
}

/**
 * Returns the documented response for a status: the response of the status itself, of its class (`4XX`), or `default`.
 *
 * @returns undefined if none of them is documented.
 * @example
 * responseFor(retrieveCustomer, 404); // { status: '404', response: { description: '…', content: … } }
 */
export function responseFor({ responses }: Operation, status: number): DocumentedResponse | undefined {
  const code = String(status);
  // OpenAPI requires status classes in uppercase, but some descriptions write them in lowercase.
  const candidates = [code, `${code[0]}XX`, `${code[0]}xx`, 'default'];
  for (const candidate of candidates) {
    const response = responses[candidate];
    if (response) return { status: candidate, response };
  }
  return undefined;
}
