import { relative } from 'node:path';
import type { Description } from '@firstofficer/openapi';
import type { RunReport } from './run-report.ts';

/** What a report says of a description. */
export function specOf(file: string, { document }: Description): RunReport['spec'] {
  const { title = '', version = '' } = (document as { info?: { title?: string; version?: string } }).info ?? {};
  const path = relative(process.cwd(), file);
  return { file: path.startsWith('..') ? file : path, title, version };
}
