import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Long enough for a busy machine: the limit is there to end a test that hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What runs at a time is a compiler or a runtime, which has a core to itself.
    maxConcurrency: 2,
    globalSetup: 'src/setup.ts',
    // Says why a test was skipped, which the default does not.
    reporters: ['verbose'],
  },
});
