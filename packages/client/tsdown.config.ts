import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/validate.ts'],
  // Both ways to load it, so that whoever still calls require() gets types and source maps, too.
  format: ['esm', 'cjs'],
  fixedExtension: true,
  platform: 'neutral',
  target: 'es2022',
  tsconfig: 'tsconfig.build.json',
  dts: true,
  sourcemap: true,
  // What both entries share is in a file of its own: under one name, whatever its content.
  hash: false,
  // What is not a dependency ends up in the package: nothing does so unseen.
  deps: { onlyBundle: [] },
  failOnWarn: true,
});
