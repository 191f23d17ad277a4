/** Formats a time in milliseconds as ISO 8601, in UTC. */
export function formatTime(value: number | null): string {
  return value === null ? '–' : new Date(value).toISOString();
}

// Control characters move the cursor or colour text, and the others reverse its direction or end a line.
const UNSAFE_CHARACTERS = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Escapes the characters that could change what a terminal shows, such as `\u001b`. */
export function escapeText(text: string): string {
  return text.replaceAll(
    UNSAFE_CHARACTERS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Formats rows as a table. Escapes control characters, because names are user input. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(escapeText));
  // Math.max would take each row as an argument, and there can be more rows than arguments.
  const widths = head.map((_, column) => all.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0));
  const formatRow = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return all.map((row) => formatRow(row).trimEnd()).join('\n');
}

/** Formats a value as JSON in one line. Control characters are escaped, as in {@link escapeText}. */
export function formatJson(value: unknown): string {
  // They can only be part of strings, where JSON allows the same escapes.
  return escapeText(JSON.stringify(value));
}

/** How {@link printRows} prints. */
export interface PrintOptions<Row> {
  readonly json?: boolean;
  readonly head: readonly string[];
  readonly toCells: (row: Row) => readonly string[];
}

/** Prints rows as a table, or as one JSON value per line. */
export function printRows<Row>(rows: readonly Row[], { json, head, toCells }: PrintOptions<Row>): void {
  if (!json) console.log(formatTable(head, rows.map(toCells)));
  else for (const row of rows) console.log(formatJson(row));
}
