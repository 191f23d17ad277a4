import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Description } from '@firstofficer/openapi';
import type { RunReport } from './run-report.ts';

/** The description to use: the one that is given, or that of FirstOfficer's Customers API. */
export function specFile(given: string | undefined): string {
  return given ?? fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
}

/** What a report says of a description. */
export function specOf(file: string, { document }: Description): RunReport['spec'] {
  const { title = '', version = '' } = (document as { info?: { title?: string; version?: string } }).info ?? {};
  const path = relative(process.cwd(), file);
  return { file: path.startsWith('..') ? file : path, title, version };
}
