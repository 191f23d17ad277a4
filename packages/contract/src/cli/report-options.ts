import { resolve } from 'node:path';
import { FORMATS, type FormatName, type RequestedReport } from '../report/formats.ts';
import { UsageError } from './usage-error.ts';

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
