import type { Check } from '../check.ts';

/** The checks of operations that return lists. */
export const LIST_CHECKS: readonly Check[] = [];
