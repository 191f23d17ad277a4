import { type Description, loadDescription } from '@firstofficer/openapi';

let loaded: Promise<Description> | undefined;

/** Loads the OpenAPI description. Reads the file once per process, because it does not change while the process runs. */
export function loadApiDescription(): Promise<Description> {
  loaded ??= loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  return loaded;
}
