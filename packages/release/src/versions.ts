import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';
import semver from 'semver';
import { readInfoVersion, writeInfoVersion } from './spec-version.ts';

/** Returns the names of the changesets that are not released yet. */
export async function listChangesets(root: string): Promise<string[]> {
  const files = await readdir(join(root, '.changeset'));
  return files.filter((file) => file.endsWith('.md') && file !== 'README.md').toSorted();
}

/**
 * Applies the changesets: writes the new versions and changelogs of the packages, the version of the description, the
 * released description and everything that is generated from them. Deletes the changesets.
 *
 * @throws Error if the description has a higher version than its package.
 */
export async function applyVersions(root: string): Promise<void> {
  await runPnpm(['exec', 'changeset', 'version'], root);
  await releaseDescription(join(root, 'spec'));
  // The commands in guides and READMEs use the packages from npm after this release.
  await writeFile(join(root, 'packages/testing/release.json'), '{ "published": true }\n');
  await runPnpm(['run', 'generate'], root);
}

/** Gives the description the version of its package, and stores it as the released description. */
export async function releaseDescription(folder: string): Promise<void> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const file = join(folder, 'openapi.yaml');
  const text = await readFile(file, 'utf8');
  const current = readInfoVersion(text);
  if (semver.gt(current, version)) {
    throw new Error(
      `info.version of spec/openapi.yaml is ${current}, but the changesets give @firstofficer/spec only ${version}. ` +
        'Add a changeset for @firstofficer/spec with a larger step, or lower info.version.',
    );
  }
  const released = writeInfoVersion(text, version);
  await writeFile(file, released);
  await writeFile(join(folder, 'released.yaml'), released);
}
