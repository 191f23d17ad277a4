import { expect } from 'vitest';

/**
 * Fails if a sample or guide printed something other than its expected output. A JSON object may have members that the
 * expected object lacks: the API adds members without a new version, and samples and guides need not print them all.
 */
export function expectOutput(expected: string, text: string): void {
  if (matchesOutput(expected, text)) return;
  const [expectedValue, value] = [expected, text].map(parseIfJson);
  if (typeof expectedValue === 'object' && expectedValue !== null) expect(value).toMatchObject(expectedValue);
  else expect(value).toEqual(expectedValue);
}

/** Returns whether a text matches an expected output, in which `…` stands for any text. */
function matchesOutput(expected: string, text: string): boolean {
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
