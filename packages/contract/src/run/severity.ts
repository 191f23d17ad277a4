import type { Check, Profile, Severity, Violation } from '../checks/check.ts';

/**
 * Returns the severity of a violation of a check. Only what the description or a standard requires is an error: an
 * inference is always a note, and a rule of the profile `firstofficer` is a note in other profiles.
 */
export function resolveSeverity(
  check: Pick<Check, 'severity' | 'basis'>,
  violation: Pick<Violation, 'severity' | 'basis'>,
  profile: Profile,
): Severity {
  const basis = violation.basis ?? check.basis;
  if (basis === 'inference' || (basis === 'profile' && profile !== 'firstofficer')) return 'note';
  return violation.severity ?? check.severity;
}
