import { capitalize, shorten } from '../text.ts';
import type { ClientRun } from './clients.ts';
import {
  count,
  countChanges,
  formatCounts,
  formatRun,
  formatTypes,
  formatVerdict,
  HEADINGS,
  listFailures,
  listProblems,
  type Result,
} from './outline.ts';
import type { TextDiff } from './text-diff.ts';

// GitHub rejects a summary of more than 1 MiB.
const MAX_BYTES = 1_000_000;
const MAX_ITEMS = 50;
const MAX_LINES = 200;
const MAX_LINE = 1_000;
/** The length of a line that has not changed. */
const MAX_CONTEXT = 120;

/**
 * Formats the result as Markdown, for the summary of a pull request: the verdict, a table, the changes in words, and the
 * details folded up.
 *
 * @example
 * await writeFile(file, formatSummary({ gate, impact }));
 */
export function formatSummary(result: Result): string {
  const { gate, impact } = result;
  const problems = listProblems(result);
  const blocks = [
    '## API description',
    `${problems.length > 0 ? '❌' : '✅'} **${escapeMarkdown(capitalize(formatVerdict(gate)))}**`,
    ...formatList(problems),
  ];
  if (impact.sentences.length > 0) {
    blocks.push(
      formatTable([
        ['Changes', countChanges(impact)],
        ['Version', `${gate.versions.base} → ${gate.versions.revision}, needs ${gate.required}`],
        ['Types of the client', formatTypes(impact)],
        [
          'Pages of the docs',
          impact.pages.length > 0 ? impact.pages.map(({ title }) => title).join(', ') : 'no change',
        ],
        ...(impact.mentions.length > 0
          ? [['Guides and code samples', `${count(impact.mentions.length, 'mention')} of removed names`] as const]
          : []),
        ...(impact.clients ?? []).map(
          (run) => [run.title, `${run.failures.length > 0 ? '❌' : '✅'} ${formatRun(run)}`] as const,
        ),
      ]),
      ...HEADINGS.flatMap(({ step, heading }) => {
        const texts = impact.sentences.filter((sentence) => sentence.step === step).map(({ text }) => text);
        return texts.length > 0 ? [`### ${heading}`, ...formatList(texts)] : [];
      }),
    );
  }
  const details = [
    ...(impact.clients ?? []).filter(({ failures }) => failures.length > 0).map(formatFailures),
    ...(impact.types.diff
      ? [formatDetails(`Types of the client: ${formatTypes(impact)}`, formatDiff(impact.types.diff))]
      : []),
    ...impact.pages.map(({ title, kind, diff }) =>
      formatDetails(`Page “${title}” ${kind}: ${formatCounts(diff)}`, formatDiff(diff)),
    ),
    ...(impact.mentions.length > 0
      ? [
          formatDetails(
            'Guides and code samples that mention removed names',
            formatFence(impact.mentions.map(({ file, line, name }) => `${file}:${line} ${name}`)),
          ),
        ]
      : []),
  ];
  return joinWithinLimit(blocks, details);
}

/** Adds details as long as the summary stays below the limit. */
function joinWithinLimit(blocks: readonly string[], details: readonly string[]): string {
  let text = blocks.join('\n\n');
  for (const [index, block] of details.entries()) {
    if (Buffer.byteLength(text) + Buffer.byteLength(block) > MAX_BYTES) {
      return `${text}\n\n${count(details.length - index, 'section')} left out: the summary would be too large. Run \`npx -y pnpm@12 spec:diff\`.\n`;
    }
    text += `\n\n${block}`;
  }
  return `${text}\n`;
}

function formatTable(rows: readonly (readonly [string, string])[]): string {
  const cells = rows.map(([name, value]) => `| ${escapeMarkdown(capitalize(name))} | ${escapeMarkdown(value)} |`);
  return ['| What | Result |', '| --- | --- |', ...cells].join('\n');
}

function formatList(texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  const lines = texts.slice(0, MAX_ITEMS).map((text) => `- ${escapeMarkdown(text)}`);
  return [[...lines, ...(texts.length > MAX_ITEMS ? [`- … and ${texts.length - MAX_ITEMS} more`] : [])].join('\n')];
}

function formatFailures(run: ClientRun): string {
  const failures = formatFence(listFailures(run, MAX_ITEMS));
  return formatDetails(
    `${count(run.failures.length, 'failed test')}: ${run.title}`,
    `The client: ${escapeMarkdown(run.origin)}.\n\n${failures}`,
  );
}

function formatDetails(title: string, content: string): string {
  return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${content}\n\n</details>`;
}

function formatDiff({ lines }: TextDiff): string {
  const more = lines.length > MAX_LINES ? [`… ${lines.length - MAX_LINES} more lines`] : [];
  const shown = lines.slice(0, MAX_LINES).map((line) => (line.startsWith(' ') ? shorten(line, MAX_CONTEXT) : line));
  return formatFence([...shown, ...more], 'diff');
}

/** Returns lines as a block of code. The fence is longer than every one in the lines. */
function formatFence(lines: readonly string[], language = ''): string {
  const text = lines.map((line) => shorten(line, MAX_LINE)).join('\n');
  const fence = '`'.repeat(Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Escapes what Markdown and HTML would interpret, except code in backticks. */
function escapeMarkdown(text: string): string {
  const parts = text.replace(/\s+/g, ' ').split(/((?<!`)(`+)(?!`).*?(?<!`)\2(?!`))/);
  // The pattern has two groups, so every third part is a piece of code and the one after it is its fence.
  return parts
    .flatMap((part, index) =>
      index % 3 === 0
        ? [part.replace(/[&<>|\\[\]*_~#@`]/g, (char) => `&#${char.charCodeAt(0)};`)]
        : index % 3 === 1
          ? [part]
          : [],
    )
    .join('');
}
