/** One figure per round for each candidate. Figures with the same index are measured within the same seconds. */
export type Rounds<Name extends string, Figure = number> = Record<Name, Figure[]>;

/**
 * Measures each candidate once per round, so that other work on the machine affects all candidates. The order in each
 * round is random, so that no candidate always follows the same one. Round numbers start at 1.
 */
export async function measureInRounds<Name extends string, Figure = number>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name, round: number) => Promise<Figure>,
): Promise<Rounds<Name, Figure>> {
  const figures = Object.fromEntries(names.map((name) => [name, [] as Figure[]])) as Rounds<Name, Figure>;
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of shuffled(names)) figures[name].push(await measure(name, round));
  }
  return figures;
}

/** Concatenates the rounds of several generations of processes. */
export function mergeRounds<Name extends string, Figure>(
  names: readonly Name[],
  generations: readonly Rounds<Name, Figure>[],
): Rounds<Name, Figure> {
  const figures = names.map((name) => [name, generations.flatMap((rounds) => rounds[name])]);
  return Object.fromEntries(figures) as Rounds<Name, Figure>;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
