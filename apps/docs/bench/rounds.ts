/**
 * Measures each item once a round, so that whatever else the machine does meets all of them; in an order that changes,
 * so that none always follows the same one. Rounds count from 1.
 */
export async function perRound<Item, Result>(
  items: readonly Item[],
  rounds: number,
  measure: (round: number, item: Item) => Promise<Result>,
): Promise<Map<Item, Result[]>> {
  const results = new Map(items.map((item) => [item, [] as Result[]]));
  for (let round = 1; round <= rounds; round += 1) {
    const shift = round % items.length;
    for (const item of [...items.slice(shift), ...items.slice(0, shift)]) {
      results.get(item)?.push(await measure(round, item));
    }
  }
  return results;
}
