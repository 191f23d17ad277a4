import type { RunReport } from '../run/report.ts';
import { formatJson } from './escape.ts';

/** The JSON report: the report of the run, its format and its version. */
export interface JsonReport extends RunReport {
  /** Identifies the file format. */
  readonly format: 'firstofficer-contract-report';
  /** Increases when a member is removed or changes its meaning. New members do not increase it: ignore unknown members. */
  readonly version: 1;
}

/** Formats the complete report as JSON. */
export function jsonReport(report: RunReport): string {
  const json: JsonReport = { format: 'firstofficer-contract-report', version: 1, ...report };
  return formatJson(json);
}
