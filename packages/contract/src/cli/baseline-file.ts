import { readFile, writeFile } from 'node:fs/promises';
import { UsageError } from '@firstofficer/common/command';
import {
  compareWithBaseline,
  formatBaseline,
  type KnownFinding,
  parseBaseline,
  updateBaseline,
} from '../report/baseline.ts';
import { formatCount } from '../report/figures.ts';
import type { RunReport } from '../run/report.ts';
import type { Flags } from './options.ts';

type BaselineFlags = Partial<Pick<Flags, 'baseline' | 'updateBaseline' | 'filter' | 'strict'>>;

/** What to do with the report of a run. */
export interface Baseline {
  /**
   * Moves the known findings of a report apart.
   *
   * @returns The changed report and messages for the user.
   */
  apply(report: RunReport): Promise<{ readonly report: RunReport; readonly messages: readonly string[] }>;
}

/**
 * Reads the file of `--baseline`.
 *
 * @throws UsageError if the file cannot be read or is not a baseline, or if the options contradict each other.
 */
export async function readBaseline({ baseline: file, ...flags }: BaselineFlags): Promise<Baseline> {
  const { updateBaseline: isUpdated = false, filter, strict = false } = flags;
  if (file === undefined) {
    if (!isUpdated) return { apply: async (report) => ({ report, messages: [] }) };
    throw new UsageError('--update-baseline needs --baseline: pass the file to write.');
  }
  if (isUpdated && filter !== undefined) {
    throw new UsageError('--update-baseline needs a run of all test cases. Leave out --filter.');
  }
  const known = await readKnownFindings(file, isUpdated);
  return {
    apply: (report) => (isUpdated ? update({ file, known, strict }, report) : compare({ file, known }, report)),
  };
}

interface BaselineFile {
  readonly file: string;
  readonly known: readonly KnownFinding[];
}

async function readKnownFindings(file: string, isUpdated: boolean): Promise<KnownFinding[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (isUpdated && code === 'ENOENT') return [];
    throw new UsageError(`--baseline: cannot read "${file}" (${code}). Pass --update-baseline to create it.`);
  }
  const known = parseBaseline(text);
  if (!known)
    throw new UsageError(`--baseline: "${file}" is not a baseline. Pass a file that --update-baseline wrote.`);
  return known;
}

async function compare({ file, known }: BaselineFile, whole: RunReport) {
  const { report, gone } = compareWithBaseline(whole, known);
  const messages =
    gone.length === 0
      ? []
      : [`${formatCount(gone.length, 'finding')} of ${file} did not occur. Pass --update-baseline to remove them.`];
  return { report, messages };
}

async function update({ file, known, strict }: BaselineFile & { readonly strict: boolean }, whole: RunReport) {
  if (whole.stopped !== undefined) {
    return { report: whole, messages: [`${file} is unchanged, because the run ended early.`] };
  }
  const updated = updateBaseline(whole, known, strict);
  await writeFile(file, formatBaseline(updated)).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(`--baseline: cannot write "${file}" (${code}). Check the path.`);
  });
  const { report } = compareWithBaseline(whole, updated);
  return { report, messages: [`${file} has ${formatCount(updated.length, 'finding')} now, ${known.length} before.`] };
}
