/** Formats a time in milliseconds as ISO 8601, in UTC. */
export function formatTime(value: number | null): string {
  return value === null ? '–' : new Date(value).toISOString();
}

/** Formats rows as a table. Replaces control characters, because names are user input. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll(/\p{Cc}/gu, ' ')));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const formatRow = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return all.map((row) => formatRow(row).trimEnd()).join('\n');
}
