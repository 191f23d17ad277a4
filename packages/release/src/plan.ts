import { appendFile } from 'node:fs/promises';
import { listPublishedPackages } from '@firstofficer/repository';
import { isPublished } from './publish.ts';
import { listChangesets } from './versions.ts';

/** What the workflow does: write new versions, publish the versions of the packages, or nothing. */
export type Mode = 'version' | 'publish' | 'none';

/** Returns what is to be done for a commit: its changesets come first, then versions that the registry does not have. */
export async function findMode(root: string, env: NodeJS.ProcessEnv): Promise<Mode> {
  if ((await listChangesets(root)).length > 0) return 'version';
  const packages = await listPublishedPackages(root);
  const published = await Promise.all(packages.map((pkg) => isPublished(pkg, { root, env })));
  return published.includes(false) ? 'publish' : 'none';
}

/** Prints the mode, and passes it to the next jobs of a workflow of GitHub Actions. */
export async function reportMode(mode: Mode, { GITHUB_OUTPUT: file }: NodeJS.ProcessEnv): Promise<void> {
  console.log(mode);
  if (file) await appendFile(file, `mode=${mode}\n`);
}
