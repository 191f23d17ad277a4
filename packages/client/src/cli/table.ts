import { formatMoney } from '@firstofficer/common/currency';
import type { ColumnDefinition, CommandDefinition } from './definition.ts';
import { escapeForTerminal } from './escape.ts';

type Row = Readonly<Record<string, unknown>>;

/** Formats the body of a success as a table for people. */
export function formatTable(body: unknown, { columns, rows, footer = [] }: CommandDefinition): string {
  if (rows === undefined) return isObject(body) ? formatObject(body, columns) : `${formatCell(body)}\n`;
  const list: unknown = rows && isObject(body) ? body[rows] : body;
  if (!Array.isArray(list)) return formatObject(isObject(body) ? body : { value: body }, footer);
  const { [rows]: _, ...others } = isObject(body) ? body : {};
  const end = formatObject(others, footer);
  return `${formatList(list, columns)}${end && '\n'}${end}`;
}

/** Formats an object with one line for each member. */
function formatObject(object: Row, columns: readonly ColumnDefinition[]): string {
  const all = withUndocumented(columns, [object]);
  const width = Math.max(0, ...all.map(({ label }) => measureWidth(label)));
  return all.map((column) => `${pad(column.label, width)}  ${formatMember(object, column)}\n`).join('');
}

/** Formats a list with one line for each item, below a line of labels. */
function formatList(list: readonly unknown[], columns: readonly ColumnDefinition[]): string {
  if (list.length === 0) return 'No results.\n';
  const rows = list.map((item) => (isObject(item) ? item : { value: item }));
  const all = withUndocumented(columns, rows);
  const lines = [all.map(({ label }) => label), ...rows.map((row) => all.map((column) => formatMember(row, column)))];
  const widths = all.map((_, index) => Math.max(...lines.map((line) => measureWidth(line[index] ?? ''))));
  const isAmount = all.map(({ name }) => rows.every((row) => typeof row[name] === 'number'));
  return lines
    .map((line) => line.map((cell, index) => pad(cell, widths[index] ?? 0, isAmount[index])).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Adds columns for members that the description does not have. The API may add members at any time. */
function withUndocumented(columns: readonly ColumnDefinition[], rows: readonly Row[]): readonly ColumnDefinition[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const documented = columns.filter(({ name }) => names.delete(name));
  // The name of the type is the same in every response.
  names.delete('object');
  return [...documented, ...[...names].map((name) => ({ name, label: escapeForTerminal(name) }))];
}

function formatMember(row: Row, { name, currency }: ColumnDefinition): string {
  const value = row[name];
  return (currency !== undefined && formatMoney(value, row[currency])) || formatCell(value);
}

function formatCell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return escapeForTerminal(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pad(text: string, width: number, isRight = false): string {
  const spaces = ' '.repeat(Math.max(0, width - measureWidth(text)));
  return isRight ? spaces + text : text + spaces;
}

const segmenter = new Intl.Segmenter();
const WIDE = /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u;

/** Returns how many columns of a terminal a text takes. */
function measureWidth(text: string): number {
  return [...segmenter.segment(text)].reduce((width, { segment }) => width + (WIDE.test(segment) ? 2 : 1), 0);
}
