import { readChangesets } from '@changesets/read';
import { UsageError } from '@firstofficer/common/command';
import { maxStep, type Step } from './step.ts';

/** The packages whose version is that of the description. A changeset for one of them raises both. */
const PACKAGES = ['@firstofficer/spec', '@firstofficer/client'];

/**
 * Returns by how much the changesets in `.changeset` raise the version of the description at the next release.
 *
 * @param root - The folder that contains `.changeset`.
 * @throws UsageError if a changeset cannot be read.
 * @example
 * await readPendingStep('.'); // 'minor'
 */
export async function readPendingStep(root: string): Promise<Step> {
  const changesets = await readChangesets(root).catch((error: Error) => {
    throw new UsageError(`cannot read the changesets in .changeset: ${error.message}`);
  });
  const releases = changesets.flatMap((changeset) => changeset.releases);
  return maxStep(releases.filter(({ name }) => PACKAGES.includes(name)).map(({ type }) => type));
}
