import { styleText } from 'node:util';
import { formatLocation } from '../gate/source.ts';
import { capitalize, shorten } from '../text.ts';
import {
  formatCounts,
  formatRun,
  formatTypes,
  formatVerdict,
  HEADINGS,
  listFailures,
  listProblems,
  type Result,
} from './outline.ts';
import type { Sentence } from './words.ts';

const MAX_LINES = 40;
/** How many tests that fail in the same way are listed. */
const MAX_NAMES = 3;
const WIDTH = 120;

/**
 * Formats the result for a terminal: the verdict first, what to correct last.
 *
 * @example
 * console.log(formatReport({ gate, impact }));
 */
export function formatReport(result: Result): string {
  const { impact } = result;
  const problems = listProblems(result);
  return [
    styleText('bold', formatVerdict(result.gate)),
    ...HEADINGS.flatMap(({ step, heading }) => {
      const own = impact.sentences.filter((sentence) => sentence.step === step);
      return formatSection(heading, own.flatMap(formatSentence));
    }),
    ...(impact.sentences.length > 0
      ? formatSection(`Types of the client: ${formatTypes(impact)}`, formatLines(impact.types.diff?.lines ?? []), true)
      : []),
    ...impact.pages.flatMap(({ title, kind, diff }) =>
      formatSection(
        `Page "${title}" ${kind}: ${formatCounts(diff)}`,
        formatLines(diff.lines.filter((line) => !line.startsWith(' '))),
      ),
    ),
    ...formatSection(
      'Guides and code samples that mention removed names',
      impact.mentions.map(({ file, line, name }) => `${file}:${line} ${name}`),
    ),
    ...(impact.clients ?? []).flatMap((run) =>
      formatSection(`${run.title}: ${formatRun(run)}`, [`(${run.origin})`, ...listFailures(run, MAX_NAMES)]),
    ),
    ...formatSection('What to do', problems),
  ].join('\n');
}

/** Formats a change with its places in the description and the rules that rate it. */
function formatSentence({ text, changes }: Sentence): string[] {
  const places = changes.map(({ location, ratings, step }) => {
    const rules = ratings.filter((rating) => rating.step === step).map(({ tool, ruleId }) => `${tool} ${ruleId}`);
    return styleText('dim', `  ${formatLocation(location)}  ${[...new Set(rules)].join(', ')}`);
  });
  const reasons = changes.flatMap(({ step, reason }) => (step === 'major' && reason ? `  ${reason}` : []));
  return [text, ...new Set(places), ...new Set(reasons)];
}

function formatSection(heading: string, lines: readonly string[], isAlwaysShown = false): string[] {
  if (lines.length === 0 && !isAlwaysShown) return [];
  return ['', styleText('bold', capitalize(heading)), ...lines.map((line) => `  ${line}`)];
}

/** Returns the lines of a diff in colours. Of a long pair of lines, only the part that differs is shown. */
function formatLines(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MAX_LINES).map((line, index) => {
    const other = line.startsWith('-') ? lines[index + 1] : lines[index - 1];
    const text = cutLine(line, /^[-+]/.test(line) && other ? findFirstDifference(line, other) : 0);
    if (line.startsWith('+')) return styleText('green', text);
    return line.startsWith('-') ? styleText('red', text) : styleText('dim', text);
  });
  return [...shown, ...(lines.length > MAX_LINES ? [`… ${lines.length - MAX_LINES} more lines`] : [])];
}

/** Returns how many characters two lines have in common at their start, after the sign. */
function findFirstDifference(line: string, other: string): number {
  const index = [...line.slice(1)].findIndex((char, index) => char !== [...other.slice(1)][index]);
  return Math.max(0, index);
}

/** Returns a line that fits the terminal. Of a long line, leaves out what is far before the first difference. */
function cutLine(line: string, start: number): string {
  const cut = line.length > WIDTH && start > WIDTH / 2 ? `${line.charAt(0)}…${line.slice(start - 30)}` : line;
  return shorten(cut, WIDTH);
}
