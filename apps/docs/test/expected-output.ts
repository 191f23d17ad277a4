/** Returns whether a text matches the output in a guide, where `…` stands for any text. */
export function matchesOutput(shown: string, text: string): boolean {
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

/** Returns the parsed text if it is JSON, else the text. The layout of JSON is not part of the API. */
export function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Returns the expected output of a sample: its comments `#=> …` and `//=> …` in order. */
export function readExpectedOutput(source: string): string {
  return source
    .split('\n')
    .flatMap((line) => /^\s*(?:#|\/\/)=> (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => `${line}\n`)
    .join('');
}
