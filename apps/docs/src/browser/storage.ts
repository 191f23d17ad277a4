/** The choices of the reader that pages remember. */
export type StoredChoice = 'language' | 'mode';

/**
 * Remembers a choice for the other pages of the site, or forgets it if the value is undefined. Browsers can refuse to
 * store anything, for example in a private window. Then the choice holds only on this page.
 */
export function storeChoice(name: StoredChoice, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // The browser stores nothing.
  }
}
