/** Returns why a URL path cannot contain an identifier, or undefined if it can. */
export function whyUnsendable(identifier: string): string | undefined {
  if (identifier === '') return 'is empty';
  // URLs resolve these segments as folders, even if they are percent-encoded.
  if (identifier === '.' || identifier === '..') return `is "${identifier}", which a URL path cannot contain`;
  return identifier.isWellFormed() ? undefined : 'is not valid Unicode';
}
