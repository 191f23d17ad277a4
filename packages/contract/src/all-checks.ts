import { CHECKS } from './checks/index.ts';
import type { Check } from './engine/check.ts';
import { RULES } from './rules/index.ts';

/** Every check, under its stable name. */
export const ALL_CHECKS: readonly Check[] = [...CHECKS, ...RULES];
