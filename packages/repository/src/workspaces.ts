import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root folder of the repository. */
export const ROOT = join(import.meta.dirname, '../../..');

/** The parts of a `package.json` that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly packageManager?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Returns the folders of all packages, those of the workspaces that are installed on demand included. */
export function listPackages(): string[] {
  return listFolders('{.,spec,apps/*,packages/*,packages/*/*}/package.json').filter(
    (folder) => !/fixture/.test(folder),
  );
}

/** Returns the folders of all pnpm workspaces: the main one and those that are installed on demand. */
export function listWorkspaces(): string[] {
  return listFolders('{.,packages/*,packages/*/*}/pnpm-workspace.yaml');
}

/** Reads the `package.json` of a folder of the repository. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
}

function listFolders(pattern: string): string[] {
  const files = globSync(pattern, { cwd: ROOT, exclude: ['**/node_modules/**', '**/dist/**'] });
  return files.map((file) => dirname(file)).sort();
}
