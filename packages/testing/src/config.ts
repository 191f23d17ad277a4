import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

// Node caches compiled modules here. Tests start many commands, which then start faster.
const COMPILE_CACHE = join(import.meta.dirname, '../node_modules/.cache/compile');

/**
 * Creates the vitest configuration of a package from the options that all packages share and the options of this package.
 *
 * @example
 * export default testConfig({ globalSetup: 'test/setup.ts' });
 */
export function testConfig(options: ViteUserConfig['test'] = {}) {
  return defineConfig({
    test: {
      // The limits only end tests that hang, so they are long enough for a busy machine.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // Every test file cleans up, so test files can share a process and its imported modules.
      isolate: false,
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE },
      ...options,
    },
    // Packages of the workspace resolve to their sources, so that no test needs a build. Other packages resolve as in
    // Node. Otherwise there would be two copies of react-router, and Redoc would render the first page for every route.
    ssr: { resolve: { conditions: ['@firstofficer/source', 'node', 'module-sync'] } },
  });
}
