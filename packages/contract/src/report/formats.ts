import type { RecordedExchange } from '../run/recording.ts';
import type { RunReport } from '../run/report.ts';
import { ctrfReport } from './ctrf.ts';
import { formatJson } from './escape.ts';
import { githubCommands } from './github.ts';
import { harArchive } from './har.ts';
import { htmlReport } from './html.ts';
import { junitReport } from './junit.ts';
import { sarifReport } from './sarif.ts';

/** Removes the key from a text. */
export type Redact = (text: string) => string;

/** A report format. */
export interface Format {
  /** A short description. */
  readonly description: string;
  /** Whether the report is written to a file. Otherwise it goes to standard output. */
  readonly toFile: boolean;
  render(report: RunReport, exchanges: readonly RecordedExchange[], redact: Redact): string;
}

export type FormatName = 'junit' | 'json' | 'ctrf' | 'sarif' | 'html' | 'har' | 'github';

/** The formats by their names in `--report`. */
export const FORMATS: Readonly<Record<FormatName, Format>> = {
  junit: { description: 'JUnit XML, for CI services', toFile: true, render: junitReport },
  json: { description: 'everything, for programs of your own', toFile: true, render: jsonReport },
  ctrf: { description: 'Common Test Report Format', toFile: true, render: ctrfReport },
  sarif: {
    description: 'SARIF 2.1.0, for code scanning: findings beside the description',
    toFile: true,
    render: sarifReport,
  },
  html: { description: 'a page to read and to pass on', toFile: true, render: htmlReport },
  har: { description: 'HTTP archive of every request and response, without secrets', toFile: true, render: harArchive },
  github: {
    description: 'annotations and job summary of GitHub Actions; takes no file',
    toFile: false,
    render: githubCommands,
  },
};

/** A report that the user requested. */
export interface RequestedReport {
  readonly format: FormatName;
  /** Undefined for a format that goes to standard output. */
  readonly file?: string;
}

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
