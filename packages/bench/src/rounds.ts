/** One figure per round for each candidate, those of the same index taken within the same seconds. */
export type Rounds<Name extends string> = Record<Name, number[]>;

/**
 * Measures each candidate once a round, so that whatever else the machine does meets all of them; in an order that
 * changes, so that none always follows the same one.
 */
export async function measureInRounds<Name extends string>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<number>,
): Promise<Rounds<Name>> {
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Rounds<Name>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of shuffled(names)) figures[name].push(await measure(name));
  }
  return figures;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
