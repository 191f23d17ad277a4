import { createBrowserTools } from '../engine/browser-tools.ts';
import { listExamples } from '../engine/examples/example-list.ts';
import { readOwnExamples } from '../engine/examples/own-examples.ts';
import type { Scenario } from '../engine/scenarios.ts';
import { validators as bodyValidators } from '../generated/bodies.ts';
import { operations, SERVER_URL } from '../generated/operations.ts';
import { validators as parameterValidators } from '../generated/parameters.ts';
import { createHandlers, type HandlerOptions, type MockHandlers } from './handlers.ts';

export { DEFAULT_TOKEN } from '../engine/token.ts';
export type { HandlerOptions, MockHandlers } from './handlers.ts';

/**
 * Options of {@link createMockHandlers}.
 *
 * @example
 * const options: MockHandlersOptions = { baseUrl: '/api', token: 'sesame' };
 */
export interface MockHandlersOptions extends HandlerOptions {
  /** The scenarios at the start. `reset` returns to them. */
  readonly scenarios?: readonly Scenario[];
  /**
   * Examples that come before those of the description. An item is a customer, which each of its identifiers finds, or
   * `{ operation, parameters, body, code }`.
   */
  readonly examples?: readonly object[];
}

/**
 * Creates handlers for [MSW](https://mswjs.io) in a browser. They give the same answers as the mock. Only Node can serve
 * other descriptions and random data.
 *
 * @throws Error if an option is invalid.
 * @example
 * const mock = await createMockHandlers();
 * await setupWorker(...mock.handlers).start();
 */
export async function createMockHandlers(options: MockHandlersOptions = {}): Promise<MockHandlers> {
  const { examples: list = [], ...others } = options;
  const tools = createBrowserTools(parameterValidators, bodyValidators);
  const examples = await readOwnExamples(listExamples(list), operations, tools);
  const api = { operations, tools, examples, isNegotiated: false, serverUrl: SERVER_URL };
  return createHandlers(api, others);
}
