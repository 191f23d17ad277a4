/** Returns whether a text matches the output in a guide, where `…` stands for any text. */
export function matchesOutput(expected: string, text: string): boolean {
  const pattern = expected.split('…').map(RegExp.escape).join('[^]*');
  return new RegExp(`^${pattern}$`).test(text);
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
