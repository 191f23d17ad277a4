import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Long enough for a busy machine: the limit is there to end a test that hangs.
  test: { testTimeout: 60_000 },
  // Resolves packages as Node does. With a second copy of react-router, Redoc would render the first page for every route.
  ssr: { resolve: { conditions: ['@firstofficer/source', 'node', 'module-sync'] } },
});
