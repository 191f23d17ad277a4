import type { SourceLocation } from '@firstofficer/openapi';
import type { Edit } from './edits.ts';

/**
 * The steps of a version, from the smallest to the largest.
 *
 * @example
 * STEPS.indexOf('minor') > STEPS.indexOf('patch'); // true
 */
const STEPS = ['none', 'patch', 'minor', 'major'] as const;

/**
 * By how much the version of a description must rise: `major` if a change can break its users, `minor` if something was
 * added or loosened, `patch` if only words have changed, `none` if nothing has changed.
 *
 * @example
 * const step: Step = 'major';
 */
export type Step = (typeof STEPS)[number];

/**
 * What one rule says about a change.
 *
 * @example
 * const rating: Rating = { tool: 'redocly', ruleId: 'response-removed', step: 'major', message: 'Response `404` was removed.' };
 */
export interface Rating {
  /** What has the rule: `redocly`, `oasdiff`, or `gate` for the rules of this package. */
  readonly tool: 'redocly' | 'oasdiff' | 'gate';
  readonly ruleId: string;
  readonly step: Step;
  /** What has changed, in one sentence. */
  readonly message: string;
  /** Why the step is not the one of the tool, if this package rates the rule differently. */
  readonly reason?: string;
}

/**
 * One change between two descriptions. Its step, message, tool and rule are those of the strictest rating.
 *
 * @example
 * const { step, message, location }: Change = comparison.changes[0];
 */
export interface Change extends Rating {
  /** Where the change is: in the revision, or in the base if it is no longer in the revision. */
  readonly location: SourceLocation;
  /** The ratings of all rules, the strictest first. */
  readonly ratings: readonly Rating[];
  /** The difference between the documents. Undefined if a tool rates a place where there is none. */
  readonly edit?: Edit;
}

/**
 * The result of a comparison.
 *
 * @example
 * const { step, changes }: Comparison = await compareDescriptions({ base: 'released.yaml', revision: 'openapi.yaml' });
 */
export interface Comparison {
  /** The largest step of all changes. */
  readonly step: Step;
  /** The changes, the largest steps first. */
  readonly changes: readonly Change[];
}

/**
 * Returns the largest of several steps, or `none`.
 *
 * @example
 * maxStep(['patch', 'minor']); // 'minor'
 */
export function maxStep(steps: readonly Step[]): Step {
  return STEPS.findLast((step) => steps.includes(step)) ?? 'none';
}

/**
 * Compares two steps, for sorting the largest first.
 *
 * @example
 * changes.toSorted((one, other) => compareSteps(one.step, other.step));
 */
export function compareSteps(one: Step, other: Step): number {
  return STEPS.indexOf(other) - STEPS.indexOf(one);
}
