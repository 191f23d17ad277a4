import { type Description, loadDescription } from '@firstofficer/openapi';

let loaded: Promise<Description> | undefined;

/** The description that everything here follows from, read once. */
export function loadApiDescription(): Promise<Description> {
  loaded ??= loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  return loaded;
}
