import type { Description } from '@firstofficer/openapi';
import { type ListHints, readHints } from '../lists/hints.ts';
import { listParameterNames } from '../request/given-parameters.ts';
import type { ParameterValues } from '../request/serialization.ts';
import type { Target } from '../request/target.ts';
import { matchesOperation } from './excluded-operations.ts';
import { ALL_CHECKS } from './plan.ts';

/** The options whose values are names of the description or of checks. */
export interface NamedOptions {
  readonly target?: Pick<Target, 'keys'>;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[];
  readonly exclude?: readonly string[];
  readonly parameters?: ParameterValues;
  readonly lists?: Readonly<Record<string, ListHints>>;
}

/** The error for an option with an unknown name. */
export class UnknownNameError extends RangeError {
  override readonly name = 'UnknownNameError';
  readonly option: 'only' | 'skip' | 'exclude' | 'parameters' | 'keys' | 'lists';
  /** What is wrong and what to do, without the name of the option. */
  readonly reason: string;

  constructor(option: UnknownNameError['option'], reason: string) {
    super(`${option}: ${reason}`);
    this.option = option;
    this.reason = reason;
  }
}

/**
 * Checks that the names in the options exist. A misspelled name would silently test something else.
 *
 * @throws UnknownNameError for the first name that does not exist.
 */
export function validateOptions(
  { target, only = [], skip = [], exclude = [], parameters = {}, lists = {} }: NamedOptions,
  { operations }: Pick<Description, 'operations'>,
): void {
  for (const [option, names] of [['only', only] as const, ['skip', skip] as const]) {
    const unknown = names.find((name) => !ALL_CHECKS.some((check) => check.name === name));
    if (unknown === undefined) continue;
    throw new UnknownNameError(
      option,
      `there is no check "${unknown}". Run firstofficer-contract list to see all checks.`,
    );
  }
  const pattern = exclude.find((one) => !operations.some((operation) => matchesOperation(operation, one)));
  if (pattern !== undefined) {
    const ids = formatNames(operations.map(({ id }) => id));
    throw new UnknownNameError(
      'exclude',
      `no operation has the ID, the tag or the path "${pattern}". The operations are ${ids}.`,
    );
  }
  requireKnown('parameters', Object.keys(parameters), {
    known: operations.flatMap(listParameterNames),
    shown: operations.flatMap((operation) => operation.parameters.map(({ name }) => name)),
    noun: 'parameter',
  });
  const ids = operations.map(({ id }) => id);
  requireKnown('lists', Object.keys(lists), { known: ids, shown: ids, noun: 'operation' });
  for (const operation of operations) {
    const given = lists[operation.id];
    const hints = given && readHints(operation, given);
    if (typeof hints === 'string') throw new UnknownNameError('lists', `${operation.id}: ${hints}.`);
  }
  const schemes = operations.flatMap(({ security }) => security.flatMap((alternative) => Object.keys(alternative)));
  requireKnown('keys', Object.keys(target?.keys ?? {}), { known: schemes, shown: schemes, noun: 'security scheme' });
}

interface KnownNames {
  readonly known: readonly string[];
  /** The names for the error message. */
  readonly shown: readonly string[];
  readonly noun: string;
}

function requireKnown(
  option: UnknownNameError['option'],
  names: readonly string[],
  { known, shown, noun }: KnownNames,
): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const advice = shown.length === 0 ? `It has no ${noun}s.` : `Its ${noun}s are ${formatNames(shown)}.`;
  throw new UnknownNameError(option, `the description has no ${noun} "${unknown}". ${advice}`);
}

// Large descriptions have hundreds of names.
const MAX_NAMES = 20;

function formatNames(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const more = unique.length > MAX_NAMES ? [`${unique.length - MAX_NAMES} more`] : [];
  return [...unique.slice(0, MAX_NAMES), ...more].join(', ');
}
