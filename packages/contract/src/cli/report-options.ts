import { resolve } from 'node:path';
import { FORMATS, type FormatName, type RequestedReport } from '../report/formats.ts';
import { UsageError } from './usage-error.ts';

/**
 * Parses a value of `--report`.
 *
 * @throws UsageError if the format is unknown, or if the file is missing or not allowed.
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
    if (file !== undefined) throw new UsageError(`--report ${name} takes no file. Pass --report ${name} alone.`);
    return { format: name };
  }
  if (file === undefined || file === '') throw new UsageError(`--report ${name} needs a file: --report ${name}=FILE.`);
  if (file.includes('\0')) throw new UsageError(`--report ${name}: the file name must not contain a null character.`);
  return { format: name, file };
}

/**
 * Parses all values of `--report`.
 *
 * @throws UsageError if a value is invalid, or if two reports would go to the same file.
 */
export function parseReportOptions(texts: readonly string[]): RequestedReport[] {
  const requested = texts.map(parseReportOption);
  for (const [index, { format, file }] of requested.entries()) {
    const before = requested.slice(0, index);
    if (file === undefined) {
      if (before.some((other) => other.format === format))
        throw new UsageError(`--report ${format} is given twice. Pass it once.`);
    } else if (before.some((other) => other.file !== undefined && resolve(other.file) === resolve(file))) {
      throw new UsageError(`--report ${format}=${file}: another report goes to the same file. Choose another file.`);
    }
  }
  return requested;
}

function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
