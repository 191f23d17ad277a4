/** The median and the quartiles of a sample. They change little if fewer than a quarter of the rounds are disturbed. */
export interface Spread {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** Returns the median of a sample with its quartiles. */
export function spread(sample: readonly number[]): Spread {
  const sorted = sample.toSorted((a, b) => a - b);
  return { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) };
}

/** Returns the median of each member of the samples. */
export function medians<Name extends string>(samples: readonly Readonly<Record<Name, number>>[]): Record<Name, number> {
  const names = Object.keys(samples[0] ?? {}) as Name[];
  const figures = names.map((name) => [name, spread(samples.map((sample) => sample[name])).median]);
  return Object.fromEntries(figures) as Record<Name, number>;
}

/**
 * Returns the spread of the ratios between figures and the figures of a baseline. Each ratio compares figures of the
 * same round, because a slow machine affects both.
 */
export function ratioSpread(figures: readonly number[], baseline: readonly number[]): Spread {
  return spread(figures.map((figure, round) => figure / (baseline[round] ?? Number.NaN)));
}

/** Returns a quantile of a sorted sample, such as the median for a share of 0.5. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}
