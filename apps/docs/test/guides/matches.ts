/** Returns whether a text matches the output in a guide, where `…` stands for any text. */
export function matches(shown: string, text: string): boolean {
  const [first = '', ...others] = shown.split('…');
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
