import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WORKSPACE = join(import.meta.dirname, '../../node_modules');
export const PACKAGES = ['@firstofficer/client', '@firstofficer/contract', '@firstofficer/mock'];

/** A project with the built packages and their commands, as after `npm install`. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
}

export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'firstofficer-guide-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@firstofficer'), { recursive: true });
  await mkdir(join(modules, '.bin'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  for (const name of PACKAGES) {
    await symlink(await realpath(join(WORKSPACE, name)), join(modules, name), 'dir');
    const { bin = {} } = await manifestOf(name);
    for (const [command, file] of Object.entries(bin))
      await symlink(join('..', name, file), join(modules, '.bin', command));
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

interface Manifest {
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
}

/** Returns the `package.json` of a workspace package. */
export async function manifestOf(name: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(WORKSPACE, name, 'package.json'), 'utf8'));
}
