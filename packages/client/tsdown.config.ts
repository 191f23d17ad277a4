import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type TsdownHooks, type UserConfig } from 'tsdown';

/** Removes references to the source maps of declarations, which are written although those maps are not. */
const removeMapReferences: TsdownHooks['build:done'] = async ({ options, chunks }) => {
  const declarations = chunks.filter(({ fileName }) => /\.d\.[cm]ts$/.test(fileName));
  await Promise.all(
    declarations.map(async ({ fileName }) => {
      const file = join(options.outDir, fileName);
      await writeFile(file, (await readFile(file, 'utf8')).replace(/^\/\/# sourceMappingURL=.*\n?/m, ''));
    }),
  );
};

const LIBRARY: UserConfig = {
  entry: ['src/index.ts', 'src/types.ts', 'src/validate.ts', 'src/retrieve-many.ts'],
  // CommonJS is built as well, so that code that calls require() has types and source maps.
  format: ['esm', 'cjs'],
  fixedExtension: true,
  platform: 'neutral',
  target: 'es2022',
  tsconfig: 'tsconfig.build.json',
  dts: true,
  sourcemap: true,
  hooks: { 'build:done': removeMapReferences },
  // Files that several entries share have fixed names. src/options.ts, which is shared, must not import src/types.ts: the
  // shared file and the entry would have the same name.
  hash: false,
  // Fail if a package that is not a dependency would be bundled.
  deps: { onlyBundle: [] },
  failOnWarn: true,
};

/** Returns a comment with the license of a package, which copies of its code must contain. */
function readLicense(name: string): string {
  const file = new URL(`node_modules/${name}/LICENSE`, import.meta.url);
  return `/*! This file contains ${name}.\n\n${readFileSync(file, 'utf8').trim()}\n*/`;
}

// The command contains the packages that it needs, so that users of the library do not install them.
const COMMAND: UserConfig = {
  entry: ['src/cli.ts'],
  format: 'esm',
  fixedExtension: true,
  platform: 'node',
  target: 'node20',
  tsconfig: 'tsconfig.json',
  dts: false,
  sourcemap: false,
  minify: true,
  // The build of the library has written into the folder.
  clean: false,
  deps: { onlyBundle: ['commander', '@firstofficer/common'] },
  banner: readLicense('commander'),
  failOnWarn: true,
};

// The check of the version of Node, which runs before the command is loaded.
const START_COMMAND: UserConfig = {
  ...COMMAND,
  entry: ['src/start-command.ts'],
  target: 'node16',
  deps: { onlyBundle: ['@firstofficer/common'] },
  banner: '',
};

// This entry is for Node only.
const UNDICI: UserConfig = {
  ...LIBRARY,
  entry: ['src/undici.ts'],
  platform: 'node',
  tsconfig: 'tsconfig.json',
  // Declaration maps would refer to the sources, which are not in the package.
  dts: { sourcemap: false },
  // The build of the library has written into the folder.
  clean: false,
};

export default defineConfig([LIBRARY, COMMAND, START_COMMAND, UNDICI]);
