import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The script of every page, for browsers. */
export async function bundleForBrowser(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../browser/start.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild gave no file.');
  return file.contents;
}
