const LONGEST = 120;

/** Text of a response for people: cut where it is long, so that the point is not lost. */
export function preview(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? 'nothing');
  return truncate(text);
}

/** The beginning of a text, and how much is missing. */
export function truncate(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}
