import { join } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';
import { listPublishedPackages } from './published.ts';
import { ROOT } from './workspaces.ts';

/**
 * Writes a software bill of materials (SBOM) in the format CycloneDX for each published package, with its production
 * dependencies. The file of `@firstofficer/mock` 1.2.3 is `firstofficer-mock-1.2.3.cdx.json`.
 *
 * @param folder - The folder for the files. It is created if it is missing.
 * @throws Error with what pnpm printed, if the workspace is not installed.
 * @example
 * await writeSboms('dist/sbom');
 */
export async function writeSboms(folder: string): Promise<void> {
  const packages = (await listPublishedPackages(ROOT)).map(({ name }) => `--filter=${name}`);
  const format = ['--sbom-format', 'cyclonedx', '--prod', '--exclude-peers', '--split'];
  await runPnpm([...packages, 'sbom', ...format, '--out', join(folder, '%s-%v.cdx.json')], ROOT);
}
