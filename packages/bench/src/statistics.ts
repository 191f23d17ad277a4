/** The median and the quartiles of a sample. They change little if fewer than a quarter of the rounds are disturbed. */
export interface Spread {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** Returns the median of a sample with its quartiles. */
export function computeSpread(sample: readonly number[]): Spread {
  const sorted = sample.toSorted((a, b) => a - b);
  return { lower: getQuantile(sorted, 0.25), median: getQuantile(sorted, 0.5), upper: getQuantile(sorted, 0.75) };
}

/** Returns the median of each member of the samples. */
export function computeMedians<Name extends string>(
  samples: readonly Readonly<Record<Name, number>>[],
): Record<Name, number> {
  const names = Object.keys(samples[0] ?? {}) as Name[];
  const figures = names.map((name) => [name, computeSpread(samples.map((sample) => sample[name])).median]);
  return Object.fromEntries(figures) as Record<Name, number>;
}

/**
 * Returns the spread of the ratios between figures and the figures of a baseline. Each ratio compares figures of the
 * same round, because a slow machine affects both.
 */
export function compareRounds(figures: readonly number[], baseline: readonly number[]): Spread {
  return computeSpread(figures.map((figure, round) => figure / (baseline[round] ?? Number.NaN)));
}

/** Returns a quantile of a sorted sample, such as the median for a share of 0.5. */
export function getQuantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}

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
    for (const name of shuffle(names)) figures[name].push(await measure(name, round));
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

function shuffle<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** Returns the table cells of a ratio to a baseline: the median and the middle half. */
export function formatRatio({ lower, median, upper }: Spread): [ratio: string, middleHalf: string] {
  return [median.toFixed(2), `${lower.toFixed(2)}–${upper.toFixed(2)}`];
}

/** Formats a plain text table. The first column is left-aligned, the other columns are right-aligned. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return alignCells([headings, ...rows])
    .map((cells) => `  ${cells.join('   ')}`.trimEnd())
    .join('\n');
}

/** Formats a Markdown table. The first column is left-aligned, the other columns are right-aligned. */
export function formatMarkdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const [head = [], ...others] = alignCells([headings, ...rows], 3);
  const rule = head.map(({ length }, column) => (column === 0 ? '-'.repeat(length) : `${'-'.repeat(length - 1)}:`));
  return [head, rule, ...others].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Pads the cells of each column to the same width. */
function alignCells(rows: readonly (readonly string[])[], minimumWidth = 0): string[][] {
  const columns = rows[0]?.keys().toArray() ?? [];
  const widths = columns.map((column) => Math.max(minimumWidth, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    widths.map((width, column) => {
      const cell = row[column] ?? '';
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    }),
  );
}
