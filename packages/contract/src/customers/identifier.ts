/** Says why no URL can carry an identifier, or returns undefined. */
export function whyUnsendable(identifier: string): string | undefined {
  if (identifier === '') return 'is empty';
  // URLs take these for the folder itself and the one above, percent-encoded or not.
  if (identifier === '.' || identifier === '..') return `is "${identifier}", which no URL can carry`;
  return identifier.isWellFormed() ? undefined : 'is not valid Unicode';
}
