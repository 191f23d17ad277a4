import type { RecordedExchange } from '../run/recording.ts';
import type { RunReport } from '../run/report.ts';
import { formatCtrf } from './ctrf.ts';
import { formatJson } from './escape.ts';
import { formatGithubCommands } from './github.ts';
import { formatHar } from './har.ts';
import { formatHtml } from './html.ts';
import { formatJunit } from './junit.ts';
import { formatSarif } from './sarif.ts';

/** Removes the key from a text. */
export type Redact = (text: string) => string;

/** A report format. */
export interface Format {
  /** Whether the report is written to a file. Otherwise it goes to standard output. */
  readonly toFile: boolean;
  render(report: RunReport, exchanges: readonly RecordedExchange[], redact: Redact): string;
}

export type FormatName = 'junit' | 'json' | 'ctrf' | 'sarif' | 'html' | 'har' | 'github';

/** The formats by their names in `--report`. */
export const FORMATS: Readonly<Record<FormatName, Format>> = {
  junit: { toFile: true, render: formatJunit },
  json: { toFile: true, render: formatJsonReport },
  ctrf: { toFile: true, render: formatCtrf },
  sarif: { toFile: true, render: formatSarif },
  html: { toFile: true, render: formatHtml },
  har: { toFile: true, render: formatHar },
  // GitHub Actions reads workflow commands from standard output.
  github: { toFile: false, render: formatGithubCommands },
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
export function formatJsonReport(report: RunReport): string {
  const json: JsonReport = { format: 'firstofficer-contract-report', version: 1, ...report };
  return formatJson(json);
}
