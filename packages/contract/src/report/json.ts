import type { RunReport } from '../run/run-report.ts';
import { jsonText } from './escape.ts';

/** The JSON report: all of the run's report, and what it is. */
export interface JsonReport extends RunReport {
  /** Tells this file from other JSON. */
  readonly format: 'firstofficer-contract-report';
  /** Raised when a member goes or changes its meaning. New members may come without: ignore what you do not know. */
  readonly version: 1;
}

/** Everything, as it is: the other formats leave no fact out, but this one needs no reading between lines. */
export function jsonReport(report: RunReport): string {
  const json: JsonReport = { format: 'firstofficer-contract-report', version: 1, ...report };
  return jsonText(json);
}
