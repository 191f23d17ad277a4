import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublishedPackage } from '@firstofficer/repository';
import { getFileName } from './pack.ts';

/** The package whose releases are tagged as `v2.3.0`. The docs build their older versions from these tags. */
const DESCRIPTION = '@firstofficer/spec';

/** The file in the output folder with the list of {@link GitHubRelease}. */
export const RELEASES_FILE = 'releases.json';

/** A release on GitHub. */
export interface GitHubRelease {
  readonly tag: string;
  readonly title: string;
  /** The files with its text and with its bill of materials. */
  readonly notes: string;
  readonly sbom: string;
  /** Whether GitHub presents it as the latest release of the repository. */
  readonly latest: boolean;
}

/** Reads the text about the version of a package in its changelog. It is an empty string if there is none. */
export async function readNotes({ folder, version }: PublishedPackage, root: string): Promise<string> {
  const changelog = await readFile(join(root, folder, 'CHANGELOG.md'), 'utf8').catch(() => '');
  return readEntry(changelog, version);
}

/**
 * Returns the entry of a version in a changelog, or an empty string if there is none.
 *
 * @example
 * readEntry('# mock\n\n## 0.2.0\n\nNew.\n\n## 0.1.0\n', '0.2.0'); // 'New.'
 */
export function readEntry(changelog: string, version: string): string {
  const [, rest = ''] = `\n${changelog}`.split(`\n## ${version}\n`);
  return rest.replace(/\n## \d[\s\S]*/, '').trim();
}

/** Writes what the workflow needs to create a release on GitHub for each package: the texts, and a list of them. */
export async function writeGitHubReleases(
  packages: readonly { readonly source: PublishedPackage; readonly notes: string }[],
  out: string,
): Promise<void> {
  const releases = await Promise.all(
    packages.map(async ({ source, notes }): Promise<GitHubRelease> => {
      const { name, version } = source;
      const file = `${getFileName(source)}.md`;
      await writeFile(join(out, file), `${notes}\n`);
      return {
        tag: name === DESCRIPTION ? `v${version}` : `${name}@${version}`,
        title: `${name} ${version}`,
        notes: file,
        sbom: `${getFileName(source)}.cdx.json`,
        latest: name === DESCRIPTION,
      };
    }),
  );
  await writeFile(join(out, RELEASES_FILE), `${JSON.stringify(releases, null, 2)}\n`);
}
