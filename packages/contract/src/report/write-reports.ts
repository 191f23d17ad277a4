import { appendFile, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RecordedExchange, RunReport } from '../run/run-report.ts';
import { mapStrings } from './escape.ts';
import { FORMATS, type Redact, type RequestedReport } from './formats.ts';
import { githubSummary } from './github.ts';

/** How reports are written. */
export interface WriteOptions {
  /** Removes the key from a text. */
  readonly redact: Redact;
  /** Where a format without a file goes. Default: standard output. */
  readonly output?: { write(text: string): unknown };
  /** Default: the environment of this process. */
  readonly env?: { readonly GITHUB_STEP_SUMMARY?: string | undefined };
}

/** The report without the key: for the formats and for the terminal. */
export function redactReport(report: RunReport, redact: Redact): RunReport {
  return mapStrings(report, redact);
}

/**
 * Writes each report that was asked for. One that cannot be written keeps none of the others from it.
 *
 * @returns for each report that could not be written, a sentence that says which, where and why
 */
export async function writeReports(
  report: RunReport,
  exchanges: readonly RecordedExchange[],
  requested: readonly RequestedReport[],
  { redact, output = process.stdout, env = process.env }: WriteOptions,
): Promise<string[]> {
  // Before a format escapes a key and so hides it; what is written goes through once more.
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
        // The file collects what the steps of a job have to say.
        if (target) await appendFile(target, redact(githubSummary(safe)));
      }
    } catch (error) {
      problems.push(`--report ${format}${file === undefined ? '' : `=${file}`}: ${whyUnwritten(target, error)}.`);
    }
  }
  return problems;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENAMETOOLONG: 'the name is too long',
};

function whyUnwritten(file: string | undefined, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return `cannot be made (${message})`;
  const reason = REASONS[code];
  return `cannot write ${file} (${reason === undefined ? code : `${code}, ${reason}`})`;
}

/**
 * Writes a file so that nobody ever sees a part of it, and the one that was there stays until the new one is complete.
 */
async function writeAtomically(file: string, text: string): Promise<void> {
  const before = await stat(file).catch(() => undefined);
  // A pipe or a device, such as /dev/stdout, cannot be replaced; a folder gives the error that says so.
  if (before && !before.isFile()) return writeFile(file, text);
  // A link goes on pointing to where it points.
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
