import type { SourceLocation } from '@firstofficer/openapi';

/**
 * The steps of a version, from the smallest to the largest.
 *
 * @example
 * STEPS.indexOf('minor') > STEPS.indexOf('patch'); // true
 */
export const STEPS = ['none', 'patch', 'minor', 'major'] as const;

/**
 * By how much the version of a description must rise: `major` if a change can break its users, `minor` if something was
 * added, `patch` if only words have changed, `none` if nothing has changed.
 *
 * @example
 * const step: Step = 'major';
 */
export type Step = (typeof STEPS)[number];

/**
 * One change between two descriptions.
 *
 * @example
 * const { step, message, location }: Change = comparison.changes[0];
 */
export interface Change {
  readonly step: Step;
  /** What has changed, in one sentence. */
  readonly message: string;
  /** Where the change is: in the revision, or in the base if it is no longer in the revision. */
  readonly location: SourceLocation;
  /** What rated the change: `redocly`, `oasdiff`, or `gate` for the rules of this package. */
  readonly tool: 'redocly' | 'oasdiff' | 'gate';
  /** The rule of the tool, such as `response-removed`. */
  readonly ruleId: string;
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
