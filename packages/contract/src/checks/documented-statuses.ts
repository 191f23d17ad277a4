import { examplePairs, type Operation } from '@firstofficer/openapi';

/**
 * Whether a documented status is one that requests bring about. A server that fails does so by itself: it documents what
 * that looks like, and not that it may, unless an example of the parameters asks for it.
 */
export function isTriggerable(operation: Operation, documented: string): boolean {
  return !documented.startsWith('5') || examplePairs(operation).some(({ status }) => status === documented);
}

// Statuses for the reason of another. A description that knows none of them leaves out what goes without saying.
const SAME_REASON: Readonly<Record<number, readonly string[]>> = {
  400: ['400', '422'],
  401: ['401'],
  // Of a key that is none, unlike one that may not do this, it says 401.
  403: ['401', '403'],
  404: ['404', '410'],
  410: ['404', '410'],
  422: ['400', '422'],
};

/** Whether a status refuses for a reason that the description passes over, rather than by another status than it says. */
export function isImplied({ responses }: Operation, status: number): boolean {
  if (status < 400 || status >= 500) return false;
  const same = SAME_REASON[status];
  return !Object.keys(responses).some((code) => (same ? same.includes(code) : code.startsWith('4')));
}
