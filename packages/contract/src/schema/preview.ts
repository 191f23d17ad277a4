const LONGEST = 120;

/** Formats a value for a message, truncated if it is long. */
export function preview(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? 'nothing');
  return truncate(text);
}

/** Truncates a long text and appends its length. */
export function truncate(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}
