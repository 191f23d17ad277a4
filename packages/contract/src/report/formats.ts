import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { ctrfReport } from './ctrf.ts';
import { githubCommands } from './github.ts';
import { harArchive } from './har.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import type { RecordedExchange, RunReport } from './run-report.ts';
import { sarifReport } from './sarif.ts';

/** Removes the key from a text. */
export type Redact = (text: string) => string;

/** A way to write a report. */
export interface Format {
  /** For the help. */
  readonly description: string;
  /** Whether it goes to a file; otherwise it goes to standard output. */
  readonly toFile: boolean;
  render(report: RunReport, exchanges: readonly RecordedExchange[], redact: Redact): string;
}

export type FormatName = 'junit' | 'json' | 'ctrf' | 'sarif' | 'html' | 'har' | 'github';

/** The formats by the name that `--report` takes. */
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

/** A report that somebody asked for. */
export interface RequestedReport {
  readonly format: FormatName;
  /** Undefined for a format that goes to standard output. */
  readonly file?: string;
}

/**
 * Reads a value of `--report`.
 *
 * @throws UsageError that says what is wrong with it.
 * @example
 * parseReportOption('junit=out.xml'); // { format: 'junit', file: 'out.xml' }
 */
export function parseReportOption(text: string): RequestedReport {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!isFormatName(name)) {
    throw new UsageError(
      `--report knows no format ${JSON.stringify(name)}. Known: ${Object.keys(FORMATS).join(', ')}.`,
    );
  }
  if (!FORMATS[name].toFile) {
    if (file !== undefined) throw new UsageError(`--report ${name} takes no file.`);
    return { format: name };
  }
  if (file === undefined || file === '') throw new UsageError(`--report ${name} needs a file: --report ${name}=FILE.`);
  if (file.includes('\0')) throw new UsageError(`--report ${name}: no file can have such a name.`);
  return { format: name, file };
}

/**
 * Reads all values of `--report`.
 *
 * @throws UsageError also if one report would overwrite another.
 */
export function parseReportOptions(texts: readonly string[]): RequestedReport[] {
  const requested = texts.map(parseReportOption);
  for (const [index, { format, file }] of requested.entries()) {
    const before = requested.slice(0, index);
    if (file === undefined) {
      if (before.some((other) => other.format === format)) throw new UsageError(`--report ${format} is given twice.`);
    } else if (before.some((other) => other.file !== undefined && resolve(other.file) === resolve(file))) {
      throw new UsageError(`--report ${format}=${file}: another report goes to the same file.`);
    }
  }
  return requested;
}

function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
