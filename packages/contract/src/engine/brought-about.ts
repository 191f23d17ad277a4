import { examplePairs, type Operation } from '@firstofficer/openapi';

/**
 * Whether a documented status is one that requests bring about. A server that fails does so by itself: it documents what
 * that looks like, and not that it may, unless an example of the parameters asks for it.
 */
export function isTriggerable(operation: Operation, documented: string): boolean {
  return !documented.startsWith('5') || examplePairs(operation).some(({ status }) => status === documented);
}
