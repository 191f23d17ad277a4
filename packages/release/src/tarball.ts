import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The parts of a `package.json` that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly type?: string;
  readonly license?: string;
  readonly main?: string;
  readonly types?: string;
  readonly typesVersions?: unknown;
  readonly exports?: unknown;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A file of a package. */
interface PackedFile {
  /** The path in the package, with slashes. */
  readonly path: string;
  readonly size: number;
  readonly isExecutable: boolean;
}

/** A packed package and its unpacked files. */
export interface PackedPackage {
  readonly manifest: Manifest;
  readonly tarball: string;
  /** The folder with the unpacked files. */
  readonly folder: string;
  readonly files: readonly PackedFile[];
  /** The size of the tarball in bytes. */
  readonly packedSize: number;
  /** The size of all files in bytes. */
  readonly unpackedSize: number;
}

/** Unpacks a tarball into a folder, and returns the package. */
export async function unpackTarball(tarball: string, target: string): Promise<PackedPackage> {
  await mkdir(target, { recursive: true });
  await run('tar', ['-xpzf', tarball, '-C', target]);
  const folder = join(target, 'package');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => !entry.isDirectory())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const { size, mode } = await stat(path);
        return { path: relative(folder, path).replaceAll(sep, '/'), size, isExecutable: (mode & 0o111) !== 0 };
      }),
  );
  return {
    manifest: JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
    tarball,
    folder,
    files: files.toSorted((a, b) => a.path.localeCompare(b.path)),
    packedSize: (await stat(tarball)).size,
    unpackedSize: files.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Returns the text of a file of a package. */
export function readPackedFile({ folder }: PackedPackage, path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8');
}
