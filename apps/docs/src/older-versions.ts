import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtempDisposable, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Address, FILES } from './address.ts';
import { mergeHeaders, type OlderHeaders } from './publish/headers.ts';

const run = promisify(execFile);

/** Options for `addOlderVersions`. */
export interface OlderVersions {
  /** The folder of the git repository. */
  readonly repository: string;
  /** The current major version. */
  readonly current: number;
  /** The address of the current version. */
  readonly address: Address;
  /** The folder of the current version, which was built for that address. */
  readonly folder: string;
  /** Builds the docs in a checkout with the given environment variables, and returns the folder of the built site. */
  readonly build: (checkout: string, env: Readonly<Record<string, string>>) => Promise<string>;
}

/**
 * Adds the newest release of each older major version to the built site, at `v1/` and so on.
 *
 * @throws Error with the tag if a version cannot be built.
 */
export async function addOlderVersions(versions: OlderVersions): Promise<Release[]> {
  const { repository, current, folder } = versions;
  const releases = findOlderReleases(await listTags(repository), current);
  const headers: OlderHeaders[] = [];
  for (const release of releases) headers.push(...(await addRelease(release, versions)));
  const file = join(folder, FILES.headers);
  if (releases.length > 0 && existsSync(file)) {
    await writeFile(file, mergeHeaders(await readFile(file, 'utf8'), headers));
  }
  return releases;
}

/** Builds a release in a temporary worktree, so that the repository's own checkout stays unchanged. */
async function addRelease(
  { major, tag }: Release,
  { repository, address, folder, build }: OlderVersions,
): Promise<OlderHeaders[]> {
  const current = address.url ?? address.base;
  const target = join(folder, `v${major}`);
  await using temporary = await mkdtempDisposable(join(await realpath(tmpdir()), 'firstofficer-docs-version-'));
  const checkout = join(temporary.path, tag);
  await run('git', ['worktree', 'add', '--detach', checkout, `refs/tags/${tag}`], { cwd: repository });
  try {
    const built = await build(checkout, { DOCS_URL: `${current}v${major}/`, DOCS_CURRENT_URL: current });
    if (!existsSync(join(built, 'index.html'))) throw new Error('its build wrote no index.html.');
    await rm(target, { recursive: true, force: true });
    await cp(built, target, { recursive: true });
  } catch (error) {
    throw new Error(`${tag} cannot be built: ${(error as Error).message}`, { cause: error });
  } finally {
    // If this fails, `git gc` removes the entry later. Its error would hide that of the build.
    await run('git', ['worktree', 'remove', '--force', checkout], { cwd: repository }).catch(() => {});
  }
  // Hosts read `_headers` only at the root of the site.
  const headers = join(target, FILES.headers);
  if (!existsSync(headers)) return [];
  const text = await readFile(headers, 'utf8');
  await rm(headers);
  return [{ base: `${address.base}v${major}/`, text }];
}

/** The newest release of a major version. */
export interface Release {
  readonly major: number;
  /** Its tag, such as `v1.4.2`. */
  readonly tag: string;
}

/**
 * Returns the newest release of each major version before the current one. Ignores tags of pre-releases.
 *
 * @example
 * findOlderReleases(['v1.9.0', 'v1.10.0', 'v2.0.0'], 2); // [{ major: 1, tag: 'v1.10.0' }]
 */
export function findOlderReleases(tags: readonly string[], current: number): Release[] {
  const releases = tags
    .filter((tag) => /^v\d+\.\d+\.\d+$/.test(tag))
    .toSorted(new Intl.Collator('en', { numeric: true }).compare)
    .map((tag) => ({ major: Number.parseInt(tag.slice(1), 10), tag }))
    .filter(({ major }) => major < current);
  // A map keeps the last value of each key: the newest release of each major version.
  return [...new Map(releases.map((release) => [release.major, release])).values()];
}

async function listTags(repository: string): Promise<string[]> {
  const { stdout } = await run('git', ['tag', '--list'], { cwd: repository });
  return stdout.split('\n').filter(Boolean);
}
