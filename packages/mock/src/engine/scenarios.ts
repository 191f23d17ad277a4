import type { Answer } from './answer.ts';

/**
 * What the mock answers to the requests that match: once, several times or always.
 *
 * @example
 * // Two failures, then the normal response.
 * const scenario: Scenario = {
 *   operation: 'retrieveCustomer',
 *   parameters: { customer: 'cus_1234ABCD' },
 *   answer: [{ code: 429, retryAfter: 0 }, { drop: 'body' }],
 *   times: 1,
 * };
 */
export interface Scenario {
  /** The ID of an operation. Default: every operation. */
  readonly operation?: string;
  /** Values of path, query and header parameters. All must be equal to the decoded values of the request. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /** The answer, or the answers to the matching requests in turn. */
  readonly answer: Answer | readonly Answer[];
  /** How often the answers are used, one after the other. Default: always. */
  readonly times?: number;
  /** The share of the matching requests that get the answer, 0 to 1. The others get the normal response. Default: 1. */
  readonly rate?: number;
  /** The seed of the decisions about `rate`. Default: the seed of the mock. */
  readonly seed?: string | number;
}
