import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';
import type { PublishedPackage } from '@firstofficer/repository';
import { getFileName } from './pack.ts';

/**
 * Writes a software bill of materials in the format CycloneDX beside the tarball of each package. It lists all packages
 * that an installation brings. Returns the number of listed packages by the name of the package.
 *
 * @throws Error if pnpm writes something else.
 */
export async function writeSboms(
  packages: readonly PublishedPackage[],
  { root, out }: { readonly root: string; readonly out: string },
): Promise<Map<string, number>> {
  await runPnpm(['run', 'sbom:write', '--out', out], root);
  return new Map(
    await Promise.all(
      packages.map(async (pkg): Promise<[string, number]> => {
        const file = `${getFileName(pkg)}.cdx.json`;
        const sbom: Sbom = JSON.parse(await readFile(join(out, file), 'utf8'));
        if (sbom.bomFormat !== 'CycloneDX' || sbom.metadata.component.version !== pkg.version) {
          throw new Error(
            `${file} is not a bill of materials of ${pkg.name} ${pkg.version}. Run pnpm sbom to see why.`,
          );
        }
        return [pkg.name, sbom.components?.length ?? 0];
      }),
    ),
  );
}

interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly version: string } };
  readonly components?: readonly unknown[];
}
