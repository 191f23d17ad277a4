import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { optionalPackage } from './runtimes.ts';

/** How to start a Chromium. */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Package {
  readonly default: { executablePath(): Promise<string> };
  inflate(path: string): Promise<string>;
}

/** The Chromium of the package, unpacked into the folder; on other platforms than its own, the one that is installed. */
export async function findChromium(folder: string): Promise<Chromium | undefined> {
  const packed = process.platform === 'linux' && process.arch === 'x64' && optionalPackage('@sparticuz/chromium');
  if (packed) return unpack(packed, folder);
  const path = installed().find((candidate) => existsSync(candidate));
  return path === undefined ? undefined : { path, env: {} };
}

async function unpack(packed: string, folder: string): Promise<Chromium> {
  // The package unpacks into the system's temporary folder, where it takes whatever lies there already for its own.
  process.env.TMPDIR = folder;
  const entry = createRequire(join(packed, 'package.json')).resolve('@sparticuz/chromium');
  const chromium: Package = await import(pathToFileURL(entry).href);
  const [path, libraries] = await Promise.all([
    chromium.default.executablePath(),
    // Bare machines lack them; the system's own go first.
    chromium.inflate(join(packed, 'bin/al2023.tar.br')),
  ]);
  return { path, env: { LD_LIBRARY_PATH: join(libraries, 'lib') } };
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
