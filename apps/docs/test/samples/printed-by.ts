/** What code says it prints: its lines `#=> …` and `//=> …`, in their order. */
export function printedBy(source: string): string {
  return source
    .split('\n')
    .flatMap((line) => /^\s*(?:#|\/\/)=> (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => `${line}\n`)
    .join('');
}
