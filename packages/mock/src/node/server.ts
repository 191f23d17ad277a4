import { listen } from '@firstofficer/common/listen';
import { createController, type MockControl } from '../engine/control.ts';
import { createEngine } from '../engine/engine.ts';
import type { ReceivedRequest } from '../engine/received.ts';
import type { Scenario } from '../engine/scenarios.ts';
import { createControlListener } from './control.ts';
import { createMockServer } from './http.ts';
import { loadParts, OWN_DESCRIPTION, type Parts } from './parts.ts';
import { loadScenarios } from './scenarios.ts';

/**
 * Options of {@link startMock}.
 *
 * @example
 * const options: MockOptions = { port: 4010, token: 'sesame' };
 */
export interface MockOptions {
  /** The port to listen on. 0 selects a free port. Default: 0. */
  readonly port?: number;
  /** The address to listen on. Default: `127.0.0.1`, which other machines cannot reach. */
  readonly host?: string;
  /** The only API key that the mock accepts. Default: `DEFAULT_TOKEN`. */
  readonly token?: string;
  /** The path or URL of the OpenAPI description to serve. Default: the description of FirstOfficer's API. */
  readonly spec?: string;
  /** The scenarios at the start, or the path of a file that contains a list of them in YAML or JSON. */
  readonly scenarios?: readonly Scenario[] | string | URL;
  /**
   * Is called with each thing in the description that the mock serves although it is wrong, such as an example that does
   * not fit its schema. The message begins with the file and the line.
   */
  readonly onWarning?: (message: string) => void;
  /** The seed of random failures and of random data. The same seed gives the same ones. Default: a random seed. */
  readonly seed?: string | number;
  /** Whether programs on this machine can set scenarios and read requests below `/__mock`. Default: true. */
  readonly control?: boolean;
  /** Is called with each request when it is answered, for example to print it. */
  readonly onRequest?: (request: ReceivedRequest) => void;
  /**
   * Examples that come before those of the description: a list, or the path of a file in NDJSON, JSON or YAML. An item is
   * a customer, which each of its identifiers finds, or `{ operation, parameters, body, code }`.
   */
  readonly examples?: readonly object[] | string | URL;
}

/**
 * A running mock. Disposing of it closes it.
 *
 * @example
 * await using mock: Mock = await startMock();
 * console.log(mock.url);
 */
export interface Mock extends AsyncDisposable, MockControl {
  /** The base URL of the mock, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /**
   * Reads the description and the file of `examples` again, on the same port. Requests that arrive later get the new
   * responses.
   *
   * Scenarios and received requests stay.
   *
   * @throws Error if one of them cannot be read or is invalid, or if a scenario is invalid for the description. The mock
   * then keeps the previous responses.
   */
  reload(): Promise<void>;
  /** Stops the mock. It finishes requests in progress, except delayed ones, and accepts no new ones. */
  close(): Promise<void>;
}

// How long `close` waits for requests in progress.
const GRACE_MS = 1000;

/**
 * Starts a local mock of the API. It responds with the examples of the OpenAPI description.
 *
 * @throws Error with a system error `code` such as `EADDRINUSE` or `EACCES` if the mock cannot listen on the address.
 * @throws Error if the description or an option is invalid, or if a file cannot be read.
 * @example
 * const mock = await startMock();
 * await fetch(`${mock.url}/v2/customers/cus_1234ABCD`, { headers: { Authorization: `Token token="${DEFAULT_TOKEN}"` } });
 * await mock.close();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { spec = OWN_DESCRIPTION, control = true, token, seed, onRequest } = options;
  const scenarios = await loadScenarios(options.scenarios);
  const load = () => loadParts(spec, options);
  const initial = await load();
  const controller = scenarios.check((values) =>
    createController({ token, scenarios: values, seed, onRequest }, initial.description.operations),
  );
  const create = ({ description, tools, ...others }: Parts) =>
    createEngine(description.operations, tools, { ...others, ...controller.state });
  let engine = create(initial);
  const { port = 0, host = '127.0.0.1' } = options;
  const { server, endDelays } = createMockServer(() => engine, createControlListener(control ? controller : undefined));
  const { url, close: closeServer } = await listen(server, { port, host, graceMs: GRACE_MS });
  const close = () => {
    endDelays();
    return closeServer();
  };
  const reload = async () => {
    const next = await load();
    controller.setOperations(next.description.operations);
    engine = create(next);
  };
  const { use, reset, requests } = controller;
  return { url, reload, close, use, reset, requests, [Symbol.asyncDispose]: close };
}
