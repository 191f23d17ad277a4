import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

const PACKAGE = '@sparticuz/chromium';

/**
 * The Chromium of the package, unpacked into the folder; on other platforms than its own, the one that is installed.
 *
 * @example
 * const chromium = await findChromium(await mkdtemp(join(tmpdir(), 'chromium-')));
 * if (chromium === undefined) console.log('There is none.');
 */
export async function findChromium(folder: string): Promise<Chromium | undefined> {
  const entry = packedEntry();
  if (entry !== undefined) return unpack(entry, folder);
  const path = installed().find((candidate) => existsSync(candidate));
  return path === undefined ? undefined : { path, env: {} };
}

function packedEntry(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    return import.meta.resolve(PACKAGE);
  } catch {
    // It is optional.
    return undefined;
  }
}

async function unpack(entry: string, folder: string): Promise<Chromium> {
  const { default: chromium, inflate } = await import(PACKAGE);
  const [path, libraries]: [string, string] = await withTemporaryFolder(folder, () =>
    Promise.all([chromium.executablePath(), inflate(fileURLToPath(new URL('../bin/al2023.tar.br', entry)))]),
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

function installed(): string[] {
  const { PATH = '', PROGRAMFILES = '', LOCALAPPDATA = '' } = process.env;
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    return [PROGRAMFILES, LOCALAPPDATA].map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe'));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}
