import type { GateResult } from './gate.ts';
import { formatLocation } from './source.ts';
import type { Change, Step } from './step.ts';

const NAMES: Readonly<Record<Step, string>> = {
  major: 'breaking',
  minor: 'addition',
  patch: 'words',
  none: 'no change',
};

/**
 * Formats the result of the gate for a terminal: first the verdict, then each change with its place, then what to do.
 *
 * @example
 * console.log(formatGate(await checkVersion(options)));
 */
export function formatGate({ comparison: { step, changes }, versions, required, problems }: GateResult): string {
  const needs = step === 'none' ? '' : `needs ${required}, `;
  const lines = changes.flatMap((change) => [
    `  ${NAMES[change.step].padEnd(9)} ${change.message}`,
    `            ${formatLocation(change.location)}  ${formatRules(change)}`,
    ...(change.step === 'major' && change.reason ? [`            ${change.reason}`] : []),
  ]);
  return [
    `${NAMES[step]}: ${needs}info.version is ${versions.revision}`,
    ...(lines.length > 0 ? ['', ...lines] : []),
    ...(problems.length > 0 ? ['', 'What to do', ...problems.map((problem) => `  ${problem}`)] : []),
  ].join('\n');
}

/** Formats the rules that rate a change as strictly as it is. */
function formatRules({ ratings, step }: Change): string {
  const rules = ratings.filter((rating) => rating.step === step).map(({ tool, ruleId }) => `${tool} ${ruleId}`);
  return [...new Set(rules)].join(', ');
}
