import { cp } from 'node:fs/promises';
import type { Site } from '../site.ts';

/** What the budgets are of. */
export const OURS = 'FirstOfficer';

/** Our site, as built into the folder. */
export function ours(built: string): Site {
  return { name: OURS, write: (folder) => cp(built, folder, { recursive: true }) };
}
