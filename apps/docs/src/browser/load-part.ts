import { announce } from './announce.ts';

/**
 * Loads a part of the script that the page loads on first use. Tells the reader if it cannot be loaded, and then returns
 * undefined.
 *
 * @example
 * const search = await loadPart(() => import('./search/dialog.ts'));
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part | undefined> {
  try {
    return await load();
  } catch {
    // Chromium remembers the failure, so another attempt would fail also with a connection.
    announce('This part of the page could not be loaded. Check your connection and reload the page.');
    return undefined;
  }
}
