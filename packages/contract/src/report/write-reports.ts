import { appendFile, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RecordedExchange } from '../run/recording.ts';
import type { RunReport } from '../run/report.ts';
import { mapStrings } from './escape.ts';
import { FORMATS, type Redact, type RequestedReport } from './formats.ts';
import { formatGithubSummary } from './github.ts';

/** Options of `writeReports`. */
export interface WriteOptions {
  readonly requested: readonly RequestedReport[];
  /** Removes the key from a text. */
  readonly redact: Redact;
  /** Writes a report of a format that has no file. Default: to standard output. */
  readonly output?: { write(text: string): unknown };
  /** The environment variables. Default: those of this process. */
  readonly env?: { readonly GITHUB_STEP_SUMMARY?: string | undefined };
}

/** Returns the report without the key. */
export function redactReport(report: RunReport, redact: Redact): RunReport {
  return mapStrings(report, redact);
}

/**
 * Writes the requested reports. A failed report does not prevent the others.
 *
 * @returns An error message for each report that could not be written.
 */
export async function writeReports(
  report: RunReport,
  exchanges: readonly RecordedExchange[],
  { requested, redact, output = process.stdout, env = process.env }: WriteOptions,
): Promise<string[]> {
  // Redact before formatting, because escaping could hide the key. The result is redacted again.
  const safe = redactReport(report, redact);
  const problems: string[] = [];
  for (const { format, file } of requested) {
    const target = file ?? env.GITHUB_STEP_SUMMARY;
    try {
      const text = redact(FORMATS[format].render(safe, exchanges, redact));
      if (file !== undefined) {
        await mkdir(dirname(file), { recursive: true });
        await writeAtomically(file, text);
      } else {
        output.write(text);
        // Several steps of a job append to this file.
        if (target) await appendFile(target, redact(formatGithubSummary(safe)));
      }
    } catch (error) {
      problems.push(`--report ${format}${file === undefined ? '' : `=${file}`}: ${explainWriteError(target, error)}.`);
    }
  }
  return problems;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENAMETOOLONG: 'the name is too long',
};

function explainWriteError(file: string | undefined, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return `cannot be created (${message})`;
  const reason = REASONS[code];
  return `cannot write ${file} (${reason === undefined ? code : `${code}, ${reason}`})`;
}

/** Writes a file atomically: readers see either the old file or the complete new one. */
async function writeAtomically(file: string, text: string): Promise<void> {
  const before = await stat(file).catch(() => undefined);
  // A pipe or a device, such as /dev/stdout, cannot be replaced. For a folder, this throws the right error.
  if (before && !before.isFile()) return writeFile(file, text);
  // Replace the target of a symbolic link, not the link.
  const target = before ? await realpath(file) : file;
  const draft = `${target}.${process.pid}.tmp`;
  try {
    const handle = await open(draft, 'w', before?.mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
