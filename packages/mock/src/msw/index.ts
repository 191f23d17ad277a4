import { asArray, asObject } from '@firstofficer/openapi';
import type { Scenario } from '../engine/scenarios.ts';
import { loadParts, OWN_DESCRIPTION } from '../node/parts.ts';
import { loadScenarios } from '../node/scenarios.ts';
import { createHandlers, type HandlerOptions, type MockHandlers } from './handlers.ts';

export { DEFAULT_TOKEN } from '../engine/token.ts';
export type { HandlerOptions, MockHandlers } from './handlers.ts';

/**
 * Options of {@link createMockHandlers}.
 *
 * @example
 * const options: MockHandlersOptions = { baseUrl: 'https://api.firstofficer.io', token: 'sesame' };
 */
export interface MockHandlersOptions extends HandlerOptions {
  /** The path or URL of the OpenAPI description to serve. Default: the description of FirstOfficer's API. */
  readonly spec?: string;
  /** The scenarios at the start, or the path of a YAML or JSON file that contains them. `reset` returns to them. */
  readonly scenarios?: readonly Scenario[] | string | URL;
  /**
   * Examples that come before those of the description: a list, or the path of a file in NDJSON, JSON or YAML. An item is
   * a customer, which each of its identifiers finds, or `{ operation, parameters, body, code }`.
   */
  readonly examples?: readonly object[] | string | URL;
}

/**
 * Creates handlers for [MSW](https://mswjs.io). They give the same answers as the mock, without a server and a port.
 *
 * @throws Error if the description cannot be read, or an option is invalid.
 * @example
 * const mock = await createMockHandlers();
 * const server = setupServer(...mock.handlers);
 * server.listen();
 */
export async function createMockHandlers(options: MockHandlersOptions = {}): Promise<MockHandlers> {
  const { spec = OWN_DESCRIPTION, examples, scenarios, ...others } = options;
  const { description, ...parts } = await loadParts(spec, { examples });
  const { url } = asObject(asArray(description.document.servers)[0]);
  const serverUrl = typeof url === 'string' ? url : undefined;
  const api = { ...parts, operations: description.operations, serverUrl };
  const source = await loadScenarios(scenarios);
  return source.check((values) => createHandlers(api, { ...others, scenarios: values }));
}
