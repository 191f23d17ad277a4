import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';
import type { LicenseListing } from './check.ts';

/**
 * Lists the licences of the dependencies that are installed in a workspace.
 *
 * @param folder - The folder of the workspace.
 * @param options - Options of pnpm that select packages and dependencies.
 * @throws Error if the workspace is not installed, or with what pnpm printed if it fails.
 */
export async function listLicenses(folder: string, options: readonly string[]): Promise<LicenseListing> {
  if (!existsSync(join(folder, 'node_modules'))) throw new Error(`${folder} is not installed. Install it first.`);
  const output = await runPnpm([...options, 'licenses', 'list', '--json'], folder);
  try {
    return JSON.parse(output);
  } catch (error) {
    // pnpm prints a sentence instead of JSON if there is no dependency.
    if (/no licenses/i.test(output)) return {};
    throw new Error(`pnpm printed no licences of ${folder}: ${output}`, { cause: error });
  }
}
