import type { Operation } from '@firstofficer/openapi/browser';
import { type Answer, hasExample } from './answer.ts';
import { hasParameters, type ParameterValues } from './parameters.ts';
import { createRandom, type Random } from './random.ts';

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
  /** The ID of an operation. Default: every operation that has the examples of the answers. */
  readonly operation?: string;
  /** Values of path, query and header parameters. All must be equal to the decoded values of the request. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /** The answer, or the answers to the matching requests in turn. An empty answer is the normal response. */
  readonly answer: Answer | readonly Answer[];
  /** How often the answers are used, one after the other. Default: always. */
  readonly times?: number;
  /**
   * The share of the matching requests that get the answer, 0 to 1. For the others, older scenarios are tried, and then
   * the normal response is sent. Default: 1.
   */
  readonly rate?: number;
  /** The seed of the decisions about `rate`. Default: the seed of the mock. */
  readonly seed?: string | number;
}

/** The scenarios of a mock. */
export interface ScenarioList {
  /** Adds a valid scenario. */
  add(scenario: Scenario): void;
  /** Returns the answer of the newest scenario that matches the request, and counts the request. */
  find(operation: Operation, parameters: ParameterValues): Answer | undefined;
  /** Returns all scenarios, oldest first. */
  list(): readonly Scenario[];
  /** Removes the scenarios that were added. The initial ones start again. */
  reset(): void;
}

interface ActiveScenario {
  readonly scenario: Scenario;
  /** The names and the values of the parameters, as text. */
  readonly parameters: readonly (readonly [string, string])[];
  readonly answers: readonly Answer[];
  /** The answers that name an example. */
  readonly namedAnswers: readonly Answer[];
  /** How many requests the scenario answers. */
  readonly limit: number;
  readonly random: Random;
  /** How many requests the scenario has answered. */
  count: number;
}

/**
 * Creates the scenarios of a mock.
 *
 * @param seed - The seed for scenarios that have none.
 */
export function createScenarioList(initial: readonly Scenario[], seed: string): ScenarioList {
  // Copies, because the caller may change the scenarios later.
  const copies = initial.map(copy);
  let active = copies.map((scenario, index) => activate(scenario, `${seed} ${index}`));
  return {
    add(scenario) {
      active.push(activate(copy(scenario), `${seed} ${active.length}`));
    },
    find(operation, parameters) {
      const found = active.findLast((candidate) => isTaken(candidate, operation, parameters));
      if (!found) return undefined;
      const answer = found.answers[found.count % found.answers.length];
      found.count += 1;
      return answer;
    },
    list: () => active.map(({ scenario }) => scenario),
    reset() {
      active = copies.map((scenario, index) => activate(scenario, `${seed} ${index}`));
    },
  };
}

function copy(scenario: Scenario): Scenario {
  return JSON.parse(JSON.stringify(scenario));
}

/**
 * @param defaultSeed - The seed of a scenario without one. It differs between scenarios, so that two with the same rate take
 *   different requests.
 */
function activate(scenario: Scenario, defaultSeed: string): ActiveScenario {
  const { parameters = {}, answer, times = Number.POSITIVE_INFINITY, seed = defaultSeed } = scenario;
  const answers = 'length' in answer ? answer : [answer];
  return {
    scenario,
    parameters: Object.entries(parameters).map(([name, value]) => [name, String(value)]),
    answers,
    namedAnswers: answers.filter(({ example }) => example !== undefined),
    limit: times * answers.length,
    random: createRandom(String(seed)),
    count: 0,
  };
}

/** Returns whether a scenario answers a request. It draws a random number for each matching request if it has a rate. */
function isTaken(candidate: ActiveScenario, operation: Operation, given: ParameterValues): boolean {
  const { scenario, parameters, namedAnswers, limit, count, random } = candidate;
  if (count >= limit || (scenario.operation ?? operation.id) !== operation.id) return false;
  if (!hasParameters(given, parameters)) return false;
  if (!namedAnswers.every((answer) => hasExample(operation, answer))) return false;
  return scenario.rate === undefined || random() < scenario.rate;
}
