/** Returns the expected output of a sample: its comments `#=> …` and `//=> …` in order. */
export function printedBy(source: string): string {
  return source
    .split('\n')
    .flatMap((line) => /^\s*(?:#|\/\/)=> (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => `${line}\n`)
    .join('');
}
