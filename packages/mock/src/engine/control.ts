import type { Operation } from '@firstofficer/openapi/browser';
import { createSeed } from './random.ts';
import { createRequestRecorder, type ReceivedRequest, type RequestFilter, type RequestRecorder } from './received.ts';
import { createRedaction } from './redaction.ts';
import { parseScenarios } from './scenario-faults.ts';
import { createScenarioList, type Scenario, type ScenarioList } from './scenarios.ts';

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
   * @throws Error that lists what is valid, if the operation of the filter does not exist.
   */
  requests(filter?: RequestFilter): readonly ReceivedRequest[];
}
