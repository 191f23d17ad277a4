import type { JsonObject, Operation } from '@firstofficer/openapi/browser';
import { ANSWER_MEMBERS, type Answer, findAnswerFaults, hasExample, wholeNumber } from './answer.ts';
import { isObject } from './json.ts';
import { isParameterName, listReadableParameters } from './parameters.ts';
import type { Redact } from './redaction.ts';
import type { Scenario } from './scenarios.ts';

/** Something in a list of scenarios that is invalid. */
export interface ScenarioFault {
  /** Where it is: the index of the scenario, and the names and indices below it. */
  readonly path: readonly (string | number)[];
  /** What is wrong, and what is valid. */
  readonly message: string;
}

// A list of many wrong scenarios would have a message of many megabytes.
const MAX_FAULTS = 20;

/** An error for invalid scenarios. Its message lists the first faults. */
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
export function parseScenarios(values: unknown, operations: readonly Operation[], redact: Redact): Scenario[] {
  const faults = findFaults(values, operations);
  if (faults.length === 0) return values as Scenario[];
  const listed = faults.slice(0, MAX_FAULTS).map(({ path, message }) => {
    const value = describe(findValue(values, path), redact);
    const text = /^is /.test(message) ? message : `is ${value}. ${message.replace(/^must/, 'It must')}`;
    return { path: path.map((part) => (typeof part === 'number' ? part : redact(part))), message: redact(text) };
  });
  throw new ScenarioError(faults.length > MAX_FAULTS ? [...listed, fault([], 'has more errors')] : listed);
}

/** Returns what is wrong with a list of scenarios: at least the first {@link MAX_FAULTS} faults. */
function findFaults(values: unknown, operations: readonly Operation[]): ScenarioFault[] {
  if (!Array.isArray(values)) return [fault([], 'must be a list')];
  return findFaultsOfItems(values, (value) => findScenarioFaults(value, operations));
}

/** Returns at least the first {@link MAX_FAULTS} faults of the items of a list. */
function findFaultsOfItems(items: readonly unknown[], find: (item: unknown) => ScenarioFault[]): ScenarioFault[] {
  let faults: ScenarioFault[] = [];
  for (const [index, item] of items.entries()) {
    if (faults.length > MAX_FAULTS) break;
    const found = find(item);
    if (found.length > 0) faults = [...faults, ...below(index, found)];
  }
  return faults;
}

function findValue(root: unknown, path: ScenarioFault['path']): unknown {
  return path.reduce((value, part) => (value as Record<string | number, unknown>)[part], root);
}

function describe(value: unknown, redact: Redact): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(redact(value).slice(0, 100));
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value).slice(0, 100);
}

const SCENARIO_MEMBERS: readonly (keyof Scenario)[] = ['operation', 'parameters', 'answer', 'times', 'rate', 'seed'];

const TIMES = wholeNumber(1, 1_000_000);

function findScenarioFaults(scenario: unknown, operations: readonly Operation[]): ScenarioFault[] {
  if (!isObject(scenario)) return [fault([], `must be an object with the members ${SCENARIO_MEMBERS.join(', ')}`)];
  const { operation, parameters = {}, answer, times, rate, seed } = scenario;
  const selected = operations.filter(({ id }) => operation === undefined || id === operation);
  const isOperation = selected.length > 0 || operation === undefined;
  const names = isObject(parameters) ? Object.keys(parameters) : [];
  const matching = selected.filter((candidate) => names.every((name) => isParameterName(candidate, name)));
  return [
    ...findUnknownMembers(scenario, SCENARIO_MEMBERS),
    ...check(isOperation, ['operation'], `must be one of ${operations.map(({ id }) => id).join(', ')}`),
    ...below('parameters', findParameterFaults(parameters, isOperation ? selected : operations)),
    ...below('answer', findFaultsOfAnswers(answer, matching)),
    ...check(times === undefined || TIMES.isValid(times), ['times'], TIMES.message),
    ...check(rate === undefined || isShare(rate), ['rate'], 'must be a number from 0 to 1'),
    ...findAnswerFaults({ seed }, undefined).map(({ member, message }) => fault([member], message)),
  ];
}

function findParameterFaults(parameters: unknown, operations: readonly Operation[]): ScenarioFault[] {
  if (!isObject(parameters)) return [fault([], 'must be an object with a value for each name')];
  const entries = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const valid = [...new Set(operations.flatMap(listReadableParameters).map(({ name }) => name))];
  const list = valid.length > 0 ? `Valid names: ${valid.join(', ')}` : 'There are no parameters here';
  const unknown = entries.filter(([name]) => operations.every((operation) => !isParameterName(operation, name)));
  const together = operations.some((operation) => entries.every(([name]) => isParameterName(operation, name)));
  return [
    ...unknown.map(([name]) => fault([name], `is unknown. ${list}`)),
    ...check(together || unknown.length > 0, [], 'must contain parameters of one operation only'),
    ...entries.flatMap(([name, value]) =>
      check(['string', 'number', 'boolean'].includes(typeof value), [name], 'must be a text, a number, true or false'),
    ),
  ];
}

/** Returns the faults of an answer or of several answers. One operation needs to have all examples that they name. */
function findFaultsOfAnswers(answer: unknown, operations: readonly Operation[]): ScenarioFault[] {
  const faults = findFaultsForOperation(answer, undefined);
  if (faults.length > 0) return faults;
  const named = ([answer].flat() as Answer[]).filter(({ example }) => example !== undefined);
  const candidates = operations.map((operation) => ({
    operation,
    missing: named.filter((item) => !hasExample(operation, item)).length,
  }));
  const [closest] = candidates.toSorted((a, b) => a.missing - b.missing);
  return findFaultsForOperation(answer, closest?.operation);
}

function findFaultsForOperation(answer: unknown, operation: Operation | undefined): ScenarioFault[] {
  if (!Array.isArray(answer)) return findFaultsOfAnswer(answer, operation);
  if (answer.length === 0) return [fault([], 'must contain at least one answer')];
  return findFaultsOfItems(answer, (item) => findFaultsOfAnswer(item, operation));
}

function findFaultsOfAnswer(answer: unknown, operation: Operation | undefined): ScenarioFault[] {
  if (!isObject(answer)) return [fault([], `must be an object with some of the members ${ANSWER_MEMBERS.join(', ')}`)];
  return [
    ...findUnknownMembers(answer, ANSWER_MEMBERS),
    ...findAnswerFaults(answer, operation).map(({ member, header, message }) =>
      fault(header === undefined ? [member] : [member, header], message),
    ),
  ];
}

function findUnknownMembers(object: JsonObject, known: readonly string[]): ScenarioFault[] {
  return Object.keys(object)
    .filter((name) => !known.includes(name))
    .map((name) => fault([name], `is unknown. Valid members: ${known.join(', ')}`));
}

function check(isValid: boolean, path: ScenarioFault['path'], message: string): ScenarioFault[] {
  return isValid ? [] : [fault(path, message)];
}

function fault(path: ScenarioFault['path'], message: string): ScenarioFault {
  return { path, message };
}

function below(part: string | number, faults: readonly ScenarioFault[]): ScenarioFault[] {
  return faults.map(({ path, message }) => fault([part, ...path], message));
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
