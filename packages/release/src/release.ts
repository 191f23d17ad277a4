import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@firstofficer/common/command';
import { runPnpm } from '@firstofficer/on-demand';
import { listPublishedPackages, type PublishedPackage } from '@firstofficer/repository';
import { createCopy } from './copy.ts';
import { listChangedFiles } from './git.ts';
import { readNotes, writeGitHubReleases } from './notes.ts';
import { packPackages } from './pack.ts';
import { findPublishObstacles } from './preconditions.ts';
import { publishPackages } from './publish.ts';
import { formatNotes, formatPackages, type ReportedPackage } from './report.ts';
import { writeSboms } from './sbom.ts';
import { applyVersions, listChangesets } from './versions.ts';

/** Options of {@link release}. */
export interface ReleaseOptions {
  /** The root of the repository. */
  readonly root: string;
  /** Whether to publish nothing. */
  readonly dryRun: boolean;
  /** A folder for the tarballs, the bills of materials and the texts of the releases on GitHub. */
  readonly out?: string;
  /** Whether to publish a statement of how each package was built. */
  readonly provenance: boolean;
  /** The environment of the job, with the variables for its ID token. Only the step that publishes gets it. */
  readonly job: NodeJS.ProcessEnv;
}

/**
 * Builds, packs and checks all packages in a copy of the last commit, and publishes them unless it is a dry run. Returns
 * whether all checks passed. Nothing is published if one of them failed.
 *
 * @throws UsageError if the packages must not be published from here.
 */
export async function release(options: ReleaseOptions): Promise<boolean> {
  const { root, dryRun, out, job } = options;
  if (dryRun) await warnAboutChanges(root);
  else await assertCanPublish(root, job);

  const oldVersions = new Map((await listPublishedPackages(root)).map(({ name, version }) => [name, version]));
  await using copy = await runStep('Copying the last commit and installing its packages', () => createCopy(root));
  if ((await listChangesets(copy.folder)).length > 0) {
    await runStep('Writing versions and changelogs', () => applyVersions(copy.folder));
  } else {
    console.log('  There are no changesets, so all versions stay as they are.');
  }
  const packages = await listPublishedPackages(copy.folder);
  await runStep('Building', () => buildPackages(packages, { root, copy: copy.folder }));
  const target = join(copy.folder, '.release');
  const checked = await runStep('Packing and checking', () =>
    packPackages(packages, { root: copy.folder, out: target }),
  );
  const components = await runStep('Writing the bills of materials', () =>
    writeSboms(packages, { root: copy.folder, out: target }),
  );
  const reported: ReportedPackage[] = await Promise.all(
    checked.map(async (pkg) => ({
      ...pkg,
      oldVersion: oldVersions.get(pkg.source.name) ?? '–',
      components: components.get(pkg.source.name) ?? 0,
      notes: await readNotes(pkg.source, copy.folder),
    })),
  );
  if (out !== undefined) {
    await writeGitHubReleases(reported, target);
    await mkdir(out, { recursive: true });
    await cp(target, out, { recursive: true });
  }

  console.log(`\n${formatPackages(reported)}`);
  const notes = formatNotes(reported);
  if (notes !== '') console.log(`\nWhat users will read\n\n${notes}`);

  const problems = reported.reduce((sum, pkg) => sum + pkg.problems.length, 0);
  if (problems > 0) {
    console.log(`\nThe checks found ${problems} problems. Nothing was published.`);
    return false;
  }
  if (dryRun) {
    console.log(
      `\nAll checks passed. A release publishes those of these ${reported.length} versions that the registry does not have. Nothing was published.`,
    );
    return true;
  }
  console.log('\n› Publishing');
  await publishPackages(checked, {
    root: copy.folder,
    env: job,
    provenance: options.provenance,
    report: ({ manifest: { name, version } }, result) =>
      console.log(`  ${result === 'published' ? '✓ published' : '- is in the registry already:'} ${name} ${version}`),
  });
  return true;
}

/** Builds packages of the copy, with the cache of the repository. */
function buildPackages(
  packages: readonly PublishedPackage[],
  { root, copy }: { readonly root: string; readonly copy: string },
): Promise<string> {
  const filters = packages.map(({ name }) => `--filter=${name}`);
  const env = { ...process.env, TURBO_CACHE_DIR: join(root, '.turbo/cache') };
  return runPnpm(['exec', 'turbo', 'run', 'build', ...filters], copy, env);
}

async function warnAboutChanges(root: string): Promise<void> {
  const { length } = await listChangedFiles(root);
  if (length > 0) {
    console.log(`Files that are not committed: ${length}. The dry run shows the last commit, without them.`);
  }
}

async function assertCanPublish(root: string, job: NodeJS.ProcessEnv): Promise<void> {
  const obstacles = await findPublishObstacles(root, job);
  if (obstacles.length > 0) throw new UsageError(obstacles.join('\n'));
}

/** Prints the name of a step and how long it took. */
async function runStep<T>(name: string, step: () => Promise<T>): Promise<T> {
  const start = performance.now();
  process.stdout.write(`› ${name} ...`);
  try {
    const result = await step();
    console.log(` ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    console.log(' failed');
    throw error;
  }
}
