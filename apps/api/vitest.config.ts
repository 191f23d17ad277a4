import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Long enough for a busy machine: the limit is there to end a test that hangs.
  test: {
    globalSetup: './test/postgres-server.ts',
    testTimeout: 60_000,
    // No test leaves anything behind, and a process for each file would take a third of the time.
    isolate: false,
  },
  ssr: { resolve: { conditions: ['@firstofficer/source'] } },
});
