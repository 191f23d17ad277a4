import { fileURLToPath } from 'node:url';

/** The description to use: the one that is given, or that of FirstOfficer's Customers API. */
export function specFile(given: string | undefined): string {
  return given ?? fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
}
