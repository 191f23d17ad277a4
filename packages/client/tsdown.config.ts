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
  // The file that both entries share has a fixed name.
  hash: false,
  // Fail if a package that is not a dependency would be bundled.
  deps: { onlyBundle: [] },
  failOnWarn: true,
});
