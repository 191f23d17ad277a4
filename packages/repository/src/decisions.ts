/** A decision record: the name of its file, such as `0001-name.md`, and its text. */
export interface DecisionRecord {
  readonly file: string;
  readonly text: string;
}

const MAX_LINES = 60;
const STATUS = /^- Status: (?:proposed|accepted|rejected|superseded by \[.+\]\(\d{4}-[a-z\d-]+\.md\))$/m;
const HEADINGS = ['Context', 'Decision', 'Consequences'];

/**
 * Returns what is wrong with the decision records and with their index.
 *
 * @param records - All records, in the order of their names.
 * @param index - The text that lists them, with links to `decisions/…`.
 */
export function findDecisionProblems(records: readonly DecisionRecord[], index: string): string[] {
  const listed = [...index.matchAll(/\[([^\]]*)\]\(decisions\/([^)]+)\)/g)].map(([, title, file]) => ({ title, file }));
  const files = records.map(({ file }) => file);
  return [
    ...records.flatMap((record) => findRecordProblems(record).map((problem) => `${record.file}: ${problem}`)),
    ...files
      .filter((file, i) => file.slice(0, 4) !== `${i + 1}`.padStart(4, '0'))
      .map((file) => `${file}: the numbers have a gap or occur twice.`),
    ...records
      .filter(({ file, text }) => !listed.some((entry) => entry.file === file && entry.title === readTitle(text)))
      .map(({ file }) => `${file} is not in the index of ARCHITECTURE.md, or has another title there.`),
    ...listed
      .filter(({ file = '' }) => !files.includes(file))
      .map(({ file }) => `The index of ARCHITECTURE.md names ${file}, which does not exist.`),
  ];
}

function findRecordProblems({ file, text }: DecisionRecord): string[] {
  const lines = text.trimEnd().split('\n');
  const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  const [, number] = /^# (\d+)\. ./.exec(text) ?? [];
  const [, date = ''] = /^- Date: (.*)$/m.exec(text) ?? [];
  const sections = text.split(/^## .*$/m).slice(1);
  return [
    ...(/^\d{4}-[a-z\d-]+\.md$/.test(file) ? [] : ['the name must be like 0001-short-name.md.']),
    ...(number !== undefined && number.padStart(4, '0') === file.slice(0, 4)
      ? []
      : ['the first line must be "# <number>. <title>", with the number of the file.']),
    ...(STATUS.test(text)
      ? []
      : ['the status must be proposed, accepted, rejected, or superseded by a link to another record.']),
    ...(isDate(date) ? [] : ['the date must be like 2026-11-27.']),
    ...(headings.join() === HEADINGS.join() ? [] : [`the headings must be: ${HEADINGS.join(', ')}.`]),
    ...(sections.every((section) => section.trim() !== '') ? [] : ['a section is empty.']),
    ...(lines.length <= MAX_LINES
      ? []
      : [`it has ${lines.length} lines. A record has at most ${MAX_LINES}, which is one page.`]),
  ];
}

function readTitle(text: string): string | undefined {
  return /^# \d+\. (.*)$/m.exec(text)?.[1];
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
