import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FILES } from '../publish/index.ts';
import type { Address } from '../site/address.ts';
import { mergeHeaders, type OlderHeaders } from './merge-headers.ts';
import { findOlderReleases, type Release } from './older-majors.ts';
import { checkOut, listTags } from './worktree.ts';

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
 * @example
 * await addOlderVersions({ repository: '.', current: 2, address: parseAddress('/'), folder: 'dist', build });
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

async function addRelease(
  { major, tag }: Release,
  { repository, address, folder, build }: OlderVersions,
): Promise<OlderHeaders[]> {
  const name = `v${major}`;
  const current = address.url ?? address.base;
  await using checkout = await checkOut(repository, tag);
  try {
    const built = await build(checkout.folder, { DOCS_URL: `${current}${name}/`, DOCS_CURRENT_URL: current });
    if (!existsSync(join(built, 'index.html'))) throw new Error('its build wrote no index.html.');
    await rm(join(folder, name), { recursive: true, force: true });
    await cp(built, join(folder, name), { recursive: true });
  } catch (error) {
    throw new Error(`${tag} cannot be built: ${(error as Error).message}`, { cause: error });
  }
  // Hosts read `_headers` only at the root of the site.
  const headers = join(folder, name, FILES.headers);
  if (!existsSync(headers)) return [];
  const text = await readFile(headers, 'utf8');
  await rm(headers);
  return [{ base: `${address.base}${name}/`, text }];
}
