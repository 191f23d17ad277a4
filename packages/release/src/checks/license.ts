import { type PackedPackage, readPackedFile } from '../tarball.ts';
import type { CheckContext } from './check.ts';

/** Reports a licence that is missing, or that is not the licence of the repository. */
export async function checkLicense(pkg: PackedPackage, { license }: CheckContext): Promise<string[]> {
  const hasFile = pkg.files.some(({ path }) => path === 'LICENSE');
  const text = hasFile ? await readPackedFile(pkg, 'LICENSE') : undefined;
  return [
    ...(pkg.manifest.license === 'MIT' ? [] : ['license in package.json is not "MIT", the licence of the repository.']),
    // The check of the contents reports a missing file.
    ...(text === undefined || text === license ? [] : ['LICENSE differs from the LICENSE of the repository.']),
  ];
}
