import type { Check } from '../check.ts';

/** The checks of objects that the run creates itself. */
export const STATE_CHECKS: readonly Check[] = [];
