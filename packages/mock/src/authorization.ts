import { type KeyCarrier, keyIn, type Operation } from '@firstofficer/openapi';

/**
 * Says whether a request may call an operation: the operation needs no key, or the request carries the key in a form
 * that the operation accepts.
 */
export function isAuthorized({ security }: Operation, request: KeyCarrier, key: string): boolean {
  if (security.length === 0) return true;
  return security.some((schemes) => Object.values(schemes).every((scheme) => keyIn(request, scheme) === key));
}
