import type { Deprecation } from './deprecation.ts';

/**
 * Returns the dates of a deprecation in words, without a full stop.
 *
 * @example
 * describeDates({ since: '2026-11-01', sunset: '2027-11-01' }); // 'deprecated since 2026-11-01, removed on 2027-11-01'
 */
export function describeDates({ since, sunset }: Deprecation): string {
  return `deprecated${since ? ` since ${since}` : ''}${sunset ? `, removed on ${sunset}` : ''}`;
}

/**
 * Returns a deprecation in words: the dates, and what to use instead.
 *
 * @param formatName - Formats the name of the replacement. By default, the name stays as it is in the description.
 * @example
 * describeDeprecation({ since: '2026-11-01', replacedBy: 'limit' }); // 'deprecated since 2026-11-01. Use limit instead.'
 */
export function describeDeprecation(deprecation: Deprecation, formatName = (name: string): string => name): string {
  const { replacedBy } = deprecation;
  const use = replacedBy === undefined ? '' : ` Use ${formatName(replacedBy)} instead.`;
  return `${describeDates(deprecation)}.${use}`;
}
