/** Whether a text is as a guide shows it, which leaves out with `…` what differs from run to run. */
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
