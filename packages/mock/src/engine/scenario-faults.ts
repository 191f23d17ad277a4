import type { Operation, Parameter } from '@firstofficer/openapi/browser';
import { ANSWER_MEMBERS, findAnswerFaults, wholeNumber } from './answer.ts';
import type { Redact } from './redaction.ts';
import type { Scenario } from './scenarios.ts';

/** Something in a list of scenarios that is invalid. */
export interface ScenarioFault {
  /** Where it is: the index of the scenario, and the names and indices below it. */
  readonly path: readonly (string | number)[];
  /** What is wrong, and what is valid. */
  readonly message: string;
}

/** An error for invalid scenarios. Its message lists every fault. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly faults: readonly ScenarioFault[];

  constructor(faults: readonly ScenarioFault[]) {
    super(faults.map(formatFault).join('\n'));
    this.faults = faults;
  }
}

/** Returns a fault as text, such as `scenarios[0].answer.code must be a whole number from 200 to 599`. */
export function formatFault({ path, message }: ScenarioFault): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return `scenarios${place} ${message}.`;
}

/**
 * Checks scenarios from outside.
 *
 * @throws ScenarioError if any of them is invalid.
 */
export function parseScenarios(values: unknown, operations: readonly Operation[], redact: Redact): readonly Scenario[] {
  const faults = Array.isArray(values)
    ? values.flatMap((value: unknown, index) => prefix(index, findScenarioFaults(value, operations)))
    : [{ path: [], message: 'must be a list' }];
  if (faults.length === 0) return values as readonly Scenario[];
  throw new ScenarioError(faults.map(({ path, message }) => ({ path, message: redact(message) })));
}

type JsonObject = Readonly<Record<string, unknown>>;

const SCENARIO_MEMBERS = ['operation', 'parameters', 'answer', 'times', 'rate', 'seed'] as const satisfies (keyof Scenario)[];

const TIMES = wholeNumber(1, 1_000_000);

function findScenarioFaults(scenario: unknown, operations: readonly Operation[]): ScenarioFault[] {
  if (!isObject(scenario)) return [{ path: [], message: `must be an object with ${SCENARIO_MEMBERS.join(', ')}` }];
  const { operation, parameters = {}, answer, times, rate, seed } = scenario;
  const ids = operations.map(({ id }) => id);
  const selected = operations.filter(({ id }) => operation === undefined || id === operation);
  return [
    ...findUnknownMembers(scenario, SCENARIO_MEMBERS),
    ...(selected.length === 0 ? [fault('operation', `must be one of ${ids.join(', ')}, not ${format(operation)}`)] : []),
    ...prefix('parameters', findParameterFaults(parameters, selected)),
    ...prefix('answer', findFaultsOfAnswers(answer, selected)),
    ...(times === undefined || TIMES.isValid(times) ? [] : [fault('times', `${TIMES.message}, not ${format(times)}`)]),
    ...(rate === undefined || isShare(rate) ? [] : [fault('rate', `must be a number from 0 to 1, not ${format(rate)}`)]),
    ...
  ];
}
