import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/types.ts', 'src/validate.ts'],
  // CommonJS is built as well, so that code that calls require() has types and source maps.
  format: ['esm', 'cjs'],
  fixedExtension: true,
  platform: 'neutral',
  target: 'es2022',
  tsconfig: 'tsconfig.build.json',
  dts: true,
  sourcemap: true,
  // Files that several entries share have fixed names. src/options.ts, which is shared, must not import src/types.ts: the
  // shared file and the entry would have the same name.
  hash: false,
  // Fail if a package that is not a dependency would be bundled.
  deps: { onlyBundle: [] },
  failOnWarn: true,
});
