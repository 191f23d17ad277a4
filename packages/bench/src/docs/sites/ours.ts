import { cp } from 'node:fs/promises';
import type { Site } from '../site.ts';

/** The name of our site, which has budgets. */
export const OURS = 'FirstOfficer';

/** Returns our site.
 *
 * @param built - The folder of the built site.
 */
export function ours(built: string): Site {
  return { name: OURS, write: (folder) => cp(built, folder, { recursive: true }) };
}
