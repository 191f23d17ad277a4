import { findExamplePairs, type Operation } from '@firstofficer/openapi';

/**
 * Returns whether a request can trigger a documented status. A 5xx status can be triggered only if an example pair of the
 * description asks for it.
 */
export function isTriggerable(operation: Operation, documented: string): boolean {
  return !documented.startsWith('5') || findExamplePairs(operation).some(({ status }) => status === documented);
}

// Statuses that state the same reason. If the description documents none of them, the status is implied.
const SAME_REASON: Readonly<Record<number, readonly string[]>> = {
  400: ['400', '422'],
  401: ['401'],
  // APIs differ in whether they answer 401 or 403 to an unknown key.
  403: ['401', '403'],
  404: ['404', '410'],
  410: ['404', '410'],
  422: ['400', '422'],
};

/** Returns whether an error status is implied: the description documents neither it nor another status for its reason. */
export function isImplied({ responses }: Operation, status: number): boolean {
  if (status < 400 || status >= 500) return false;
  const same = SAME_REASON[status];
  return !Object.keys(responses).some((code) => (same ? same.includes(code) : code.startsWith('4')));
}
