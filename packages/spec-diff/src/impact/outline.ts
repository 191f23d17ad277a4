import type { GateResult } from '../gate/gate.ts';
import type { Step } from '../gate/step.ts';
import type { ClientRun } from './clients.ts';
import type { Impact } from './impact.ts';
import type { TextDiff } from './text-diff.ts';

/** What the terminal and the summary of a pull request show of the gate and of the impact. */
export interface Result {
  readonly gate: GateResult;
  readonly impact: Impact;
}

const VERDICTS: Readonly<Record<Step, string>> = {
  major: 'breaking',
  minor: 'addition',
  patch: 'words',
  none: 'no change',
};

/** Returns the verdict on one line, such as `breaking: needs 3.0.0, info.version is 2.2.2`. */
export function formatVerdict({ comparison: { step }, versions, required }: GateResult): string {
  const needs = step === 'none' ? '' : `needs ${required}, `;
  return `${VERDICTS[step]}: ${needs}info.version is ${versions.revision}`;
}

/** Returns everything that has to be corrected, one sentence each. */
export function listProblems({ gate, impact }: Result): string[] {
  return [...gate.problems, ...impact.problems];
}

/** The headings of the changes, in the order in which they are shown. */
export const HEADINGS: readonly { readonly step: Step; readonly heading: string }[] = [
  { step: 'major', heading: 'Breaking' },
  { step: 'minor', heading: 'Additions' },
  { step: 'patch', heading: 'Words' },
];

/** Returns how many changes there are of each kind. */
export function countChanges({ sentences }: Impact): string {
  const counts = HEADINGS.flatMap(({ step, heading }) => {
    const { length } = sentences.filter((sentence) => sentence.step === step);
    return length > 0 ? [`${heading}: ${length}`] : [];
  });
  return counts.join(', ') || 'none';
}

/** Returns how many of something there are: `1 page`, `2 pages`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Returns what changes in the types of the client, in a few words. */
export function formatTypes({ types: { diff, areCommentsChanged, error } }: Impact): string {
  if (error !== undefined) return `cannot be generated: ${error}`;
  if (diff) return formatCounts(diff);
  return areCommentsChanged ? 'only comments change' : 'no change';
}

/** Returns how many lines a diff adds and removes. */
export function formatCounts({ added, removed }: TextDiff): string {
  return `${count(added, 'line')} added, ${removed} removed`;
}

/** Returns the result of a client in a few words. */
export function formatRun({ passed, failures }: ClientRun): string {
  return failures.length === 0
    ? `${count(passed, 'test')} passed`
    : `${failures.length} of ${count(passed + failures.length, 'test')} failed`;
}

/** Returns the failed tests of a client by name, below the first line of their error. */
export function listFailures({ failures }: ClientRun, maxNames: number): string[] {
  return [...Map.groupBy(failures, ({ message }) => message)].flatMap(([message, group]) => [
    `${count(group.length, 'test')}: ${message}`,
    ...group.slice(0, maxNames).map(({ name }) => `  ✗ ${name}`),
    ...(group.length > maxNames ? [`  … and ${group.length - maxNames} more`] : []),
  ]);
}
