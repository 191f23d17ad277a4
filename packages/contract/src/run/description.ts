import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Description } from '@firstofficer/openapi';
import type { RunReport } from './run-report.ts';

/** Returns the path of the given description, or of FirstOfficer's Customers API by default. */
export function specFile(given: string | undefined): string {
  return given ?? fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
}

/** Returns the path, title and version of a description for reports. */
export function specOf(file: string, { document }: Description): RunReport['spec'] {
  const { title = '', version = '' } = (document as { info?: { title?: string; version?: string } }).info ?? {};
  const path = relative(process.cwd(), file);
  return { file: path.startsWith('..') ? file : path, title, version };
}
