/** A line of a CODEOWNERS file. */
export interface OwnerRule {
  /** Which files it is about, as in `.gitignore`. */
  readonly pattern: string;
  readonly owners: readonly string[];
}

/** Reads the lines of a CODEOWNERS file. */
export function parseOwners(text: string): OwnerRule[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [pattern = '', ...owners] = line.split(/\s+/);
      return { pattern, owners };
    });
}

/** Returns what is wrong with the lines of a CODEOWNERS file. `exists` returns whether files match a pattern. */
export function findOwnerProblems(rules: readonly OwnerRule[], exists: (pattern: string) => boolean): string[] {
  return [
    ...(rules[0]?.pattern === '*' ? [] : ['The first line must be for *, so that every file has an owner.']),
    ...rules.filter(({ owners }) => owners.length === 0).map(({ pattern }) => `${pattern} has no owner.`),
    ...rules
      .flatMap(({ owners }) => owners)
      .filter((owner) => !/^@[\w-]+\/[\w-]+$/.test(owner))
      .map((owner) => `${owner} is no team. Write @organisation/team: people change, teams stay.`),
    ...rules.filter(({ pattern }) => !exists(pattern)).map(({ pattern }) => `No file matches ${pattern}.`),
  ];
}
