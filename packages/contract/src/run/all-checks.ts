import type { Check } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { RULES } from '../rules/index.ts';

/** All checks. */
export const ALL_CHECKS: readonly Check[] = [...CHECKS, ...RULES];
