import type { ColumnDefinition } from './definition.ts';

/** The result of one identifier. */
export interface Result {
  readonly identifier: string;
  /** The body of a success. */
  readonly body?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Formats the first line of a CSV file. */
export function formatCsvHeader(columns: readonly ColumnDefinition[]): string {
  return formatLine(['identifier', ...columns.map(({ name }) => name), 'error_code', 'error_message']);
}

/** Formats a result as one record of a CSV file (RFC 4180). Amounts stay integers, and null is empty. */
export function formatCsvRecord({ identifier, body, error }: Result, columns: readonly ColumnDefinition[]): string {
  const members = Object(body) as Readonly<Record<string, unknown>>;
  return formatLine([identifier, ...columns.map(({ name }) => members[name]), error?.code, error?.message]);
}

function formatLine(values: readonly unknown[]): string {
  return `${values.map(formatField).join(',')}\n`;
}

function formatField(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
