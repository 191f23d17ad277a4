import type { Operation } from '@firstofficer/openapi/browser';
import { createFailCounter, type FailCounter } from './fail-counter.ts';
import { createRandom, createSeed } from './random.ts';
import { createRequestRecorder, type ReceivedRequest, type RequestFilter, type RequestRecorder } from './received.ts';
import { createRedaction, type Redact } from './redaction.ts';
import { parseScenarios } from './scenario-faults.ts';
import { createScenarioList, type Scenario, type ScenarioList } from './scenarios.ts';
import { DEFAULT_TOKEN, isValidKey, KEY_FORMAT } from './token.ts';

/**
 * Controls a mock from a test.
 *
 * @example
 * mock.use({ answer: { code: 503 }, times: 2 });
 * await customers.retrieve('cus_1234ABCD');
 * assert.equal(mock.requests().length, 3);
 * mock.reset();
 */
export interface MockControl {
  /**
   * Adds a scenario. Of several scenarios that match a request, the newest one gives the answer.
   *
   * @throws Error that lists what is valid, if a member, operation, parameter, example or value is not.
   */
  use(scenario: Scenario): void;
  /** Forgets added scenarios and received requests. Sequences, counters and random data start again. */
  reset(): void;
  /**
   * Returns the received requests, oldest first: at most the last 1,000.
   *
   * @throws Error that lists what is valid, if the filter has an unknown member or operation.
   */
  requests(filter?: RequestFilter): readonly ReceivedRequest[];
}

/** What an engine shares with the engines before and after it, which have other descriptions. */
export interface EngineState {
  /** The API key that requests must carry. */
  readonly key: string;
  /** Replaces the API key in a text. */
  readonly redact: Redact;
  readonly scenarios: ScenarioList;
  readonly received: RequestRecorder;
  /** Counts the failures that clients ask for. */
  readonly failCounter: FailCounter;
  /** Returns the seed of the next random data. */
  createSeed(): string;
}

/** Options of {@link createController}. */
export interface ControllerOptions {
  /** The API key. Default: {@link DEFAULT_TOKEN}. No record and no message contains it. */
  readonly token?: string | undefined;
  /** The scenarios at the start. */
  readonly scenarios: unknown;
  /** The seed of random failures and random data. Default: a random seed. */
  readonly seed?: string | number | undefined;
  readonly onRequest?: ((request: ReceivedRequest) => void) | undefined;
}

const FILTER_MEMBERS: readonly string[] = ['operation', 'parameters', 'status'] satisfies (keyof RequestFilter)[];

/** Controls the engines of a mock. */
export interface Controller extends MockControl {
  readonly state: EngineState;
  /** Adds all scenarios of a list, or none if one is invalid. */
  useAll(scenarios: unknown): void;
  /**
   * Continues with another description.
   *
   * @throws ScenarioError if a scenario is invalid for this description. Nothing changes then.
   */
  setOperations(operations: readonly Operation[]): void;
}

/**
 * Creates the state of a mock and its control.
 *
 * @throws ScenarioError if a scenario is invalid.
 * @throws Error if the token or the seed is invalid.
 */
export function createController(
  { token: key = DEFAULT_TOKEN, scenarios: given, seed: givenSeed = createSeed(), onRequest }: ControllerOptions,
  initialOperations: readonly Operation[],
): Controller {
  const seed = String(givenSeed);
  if (!isValidKey(key)) throw new Error(`token must be ${KEY_FORMAT}.`);
  if (seed === '') throw new Error('seed must be a number or a text of at least one character.');
  const redact = createRedaction(key);
  let operations = initialOperations;
  const scenarios = createScenarioList(parseScenarios(given, operations, redact), seed);
  const received = createRequestRecorder(redact, onRequest);
  const failCounter = createFailCounter();
  let random = createRandom(seed);

  function useAll(values: unknown): void {
    for (const scenario of parseScenarios(values, operations, redact)) scenarios.add(scenario);
  }

  return {
    state: { key, redact, scenarios, received, failCounter, createSeed: () => createSeed(random) },
    use: (scenario) => useAll([scenario]),
    useAll,
    reset() {
      scenarios.reset();
      received.clear();
      failCounter.reset();
      random = createRandom(seed);
    },
    requests(filter = {}) {
      const unknown = Object.keys(filter).filter((name) => !FILTER_MEMBERS.includes(name));
      if (unknown.length > 0) {
        throw new Error(redact(`${unknown.join(', ')} is unknown. Valid members: ${FILTER_MEMBERS.join(', ')}.`));
      }
      const ids = operations.map(({ id }) => id);
      if (filter.operation !== undefined && !ids.includes(filter.operation)) {
        throw new Error(
          redact(`operation is ${JSON.stringify(filter.operation)}. It must be one of ${ids.join(', ')}.`),
        );
      }
      return received.list(filter);
    },
    setOperations(next) {
      parseScenarios(scenarios.list(), next, redact);
      operations = next;
    },
  };
}
