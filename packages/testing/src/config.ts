import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

// Node keeps what it has compiled, so that the many commands which tests start need not compile their modules again.
const COMPILE_CACHE = join(import.meta.dirname, '../node_modules/.cache/compile');

/**
 * Creates the vitest configuration of a package: what all packages share, and what this one needs besides.
 *
 * @example
 * export default testConfig({ globalSetup: 'test/setup.ts' });
 */
export function testConfig(options: ViteUserConfig['test'] = {}) {
  return defineConfig({
    test: {
      // Long enough for a busy machine: the limits only end tests that hang.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // Test files clean up after themselves, so they can share a process and what it has imported.
      isolate: false,
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE },
      ...options,
    },
    // Workspace packages resolve to each other's sources, so that no test needs a build, and all others as in Node: with
    // a second copy of react-router, Redoc would render the first page for every route.
    ssr: { resolve: { conditions: ['@firstofficer/source', 'node', 'module-sync'] } },
  });
}
