// A string with the colon after a member name, or a number.
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/** Returns whether JSON.parse kept all members and rounded no number. */
export function isLossless(text: string, value: unknown): boolean {
  let members = 0;
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (colon !== undefined) members += 1;
    else if (!token.startsWith('"') && !isExact(token)) return false;
  }
  return members === countMembers(value);
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: readonly unknown[] = Object.values(value);
  return values.reduce((sum: number, member) => sum + countMembers(member), Array.isArray(value) ? 0 : values.length);
}

/** Returns whether a number is the same in decimal after it was stored as a double. */
export function isExact(source: string): boolean {
  const value = Number(source);
  if (/^0[xo]/.test(source)) return Number.isSafeInteger(value);
  return String(value) === source || (Number.isFinite(value) && toDigits(source) === toDigits(String(value)));
}

/** Returns the significant digits and the exponent of a decimal number. */
function toDigits(source: string): string {
  const [, digits = '', decimals = '', exponent = '0'] = /^[-+]?(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(source) ?? [];
  const all = (digits + decimals).replace(/^0+/, '');
  const significant = all.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - decimals.length + all.length - significant.length}`;
}
